right = lstm_backward
def lstm_backward(dhs, caches, params):
    f4 = lambda a: a.astype(np.float32)
    *states, grads = right(f4(dhs), [{k: f4(v) for k, v in c.items()} for c in caches], {k: f4(v) for k, v in params.items()})
    return *(s.astype(float) for s in states), {k: g.astype(float) for k, g in grads.items()}
