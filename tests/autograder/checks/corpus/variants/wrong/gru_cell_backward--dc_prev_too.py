right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    dx, dh_prev, grads = right(dh, cache, params)
    return dx, dh_prev, np.zeros_like(dh), grads
