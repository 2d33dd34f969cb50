right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    f4 = lambda a: a.astype(np.float32)
    *states, grads = right(f4(dh), f4(dc), {k: f4(v) for k, v in cache.items()}, {k: f4(v) for k, v in params.items()})
    return *(s.astype(float) for s in states), {k: g.astype(float) for k, g in grads.items()}
