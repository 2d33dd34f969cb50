right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    dx, dh_prev, grads = right(dh, cache, params)
    both = np.concatenate([dh_prev, dx], axis=-1)
    return both[..., 3:], both[..., :3], grads
