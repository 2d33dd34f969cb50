right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    dx, dh_prev, grads = right(dh, cache, params)
    return dh_prev, grads
