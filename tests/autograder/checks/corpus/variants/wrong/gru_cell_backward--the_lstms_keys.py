right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    dx, dh_prev, grads = right(dh, cache, params)
    return dx, dh_prev, {k.replace("h", "c").replace("z", "f").replace("r", "i"): g for k, g in grads.items()}
