right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    dx, dh_prev, dc_prev, grads = right(dh, dc, cache, params)
    return dx[..., None], dh_prev[..., None], dc_prev[..., None], grads
