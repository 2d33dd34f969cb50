right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    f4 = lambda d: {k: v.astype(np.float32) for k, v in d.items()}
    dx, dh_prev, grads = right(dh.astype(np.float32), f4(cache), f4(params))
    return dx.astype(float), dh_prev.astype(float), {k: g.astype(float) for k, g in grads.items()}
