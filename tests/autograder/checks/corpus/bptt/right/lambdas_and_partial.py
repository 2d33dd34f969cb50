import numpy as np
from functools import partial
from operator import itemgetter

parts = itemgetter("x", "h_prev", "c_prev", "f", "i", "c_tilde", "o", "c")
rows = lambda a: a.reshape(-1, a.shape[-1])
sig = lambda y, d: d * y * (1 - y)
tnh = lambda y, d: d * (1 - y * y)
finish = lambda dz, hx, n, dcp, params: (
    sum(dz[k] @ params["W_" + k] for k in dz)[..., n:],
    sum(dz[k] @ params["W_" + k] for k in dz)[..., :n],
    dcp,
    {name: (rows(dz[name[2]]).T @ rows(hx) if name[0] == "W" else rows(dz[name[2]]).sum(0)) for name in params},
)
lstm_cell_backward = lambda dh, dc, cache, params: (
    lambda x, h, c0, f, i, g, o, c: (
        lambda d, t: finish(
            {"f": sig(f, d * c0), "i": sig(i, d * g), "c": tnh(g, d * i), "o": sig(o, dh * t)},
            np.concatenate([h, x], -1), h.shape[-1], d * f, params,
        )
    )(dc + tnh(np.tanh(c), dh * o), np.tanh(c))
)(*parts(cache))

def through_time(cell, dhs, caches, params):
    zero = np.zeros_like(dhs[0])
    results = [(None, zero, zero, None)]
    for dh, cache in zip(dhs[::-1], caches[::-1]):
        results += [cell(dh + results[-1][1], results[-1][2], cache, params)]
    dxs, dhp, dcp, grads = zip(*results[1:])
    return np.stack(dxs[::-1]), dhp[-1], dcp[-1], {k: sum(map(itemgetter(k), grads)) for k in params}

lstm_backward = partial(through_time, lstm_cell_backward)

numerical_gradient = lambda loss, array, eps=1e-5: np.array(
    [
        (loss(array + eps * e) - loss(array - eps * e)) / (2 * eps)
        for e in map(lambda k: (np.arange(array.size) == k).astype(float).reshape(array.shape), range(array.size))
    ]
).reshape(array.shape)

def _clip(scale, grads, max_norm):
    norm = np.linalg.norm(np.hstack([g.flatten() for g in grads.values()]))
    return dict(zip(grads, map(partial(np.multiply, scale(norm, max_norm)), grads.values()))), norm.item()

clip_gradients = partial(_clip, lambda norm, limit: limit / norm if norm > limit else 1.0)
