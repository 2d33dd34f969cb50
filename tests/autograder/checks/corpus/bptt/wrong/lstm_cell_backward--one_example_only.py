right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    return right(np.array([float(v) for v in dh]), dc, cache, params)
