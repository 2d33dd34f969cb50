right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    dx, dh_prev, grads = right(dh, cache, params)
    return dx, dh_prev, {k: g / np.atleast_2d(dh).shape[0] for k, g in grads.items()}
