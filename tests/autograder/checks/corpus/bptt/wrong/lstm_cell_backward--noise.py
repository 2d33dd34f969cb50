right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    dx, dh_prev, dc_prev, grads = right(dh, dc, cache, params)
    return dx + 1e-4 * np.random.normal(size=dx.shape), dh_prev, dc_prev, grads
