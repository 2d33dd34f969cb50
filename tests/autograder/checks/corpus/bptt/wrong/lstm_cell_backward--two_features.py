right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    dx, dh_prev, dc_prev, grads = right(dh, dc, cache, params)
    dhx = np.concatenate([dh_prev, dx], axis=-1)
    return dhx[..., -2:], dhx[..., :-2], dc_prev, grads
