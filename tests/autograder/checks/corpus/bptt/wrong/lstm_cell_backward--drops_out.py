right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    return right(dh * (np.random.random(dh.shape) < 0.8), dc, cache, params)
