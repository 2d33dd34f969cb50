from functools import reduce
import numpy as np

def lstm_cell_backward(dh, dc, cache, params):
    s, t = cache, np.tanh(cache["c"])
    d = dc + dh * s["o"] * (1 - t**2)
    local = {"f": ("c_prev", d), "i": ("c_tilde", d), "c": ("i", d), "o": (None, dh * t)}
    value = {"f": s["f"], "i": s["i"], "c": s["c_tilde"], "o": s["o"]}
    dz = {}
    for k, (other, upstream) in local.items():
        upstream = upstream if other is None else upstream * s[other]
        dz[k] = upstream * (1 - value[k] ** 2 if k == "c" else value[k] * (1 - value[k]))
    hx = np.concatenate([s["h_prev"], s["x"]], axis=-1)
    dhx = reduce(np.add, (dz[k] @ params["W_" + k] for k in dz))
    two = lambda a: np.reshape(a, (-1, a.shape[-1]))
    grads = {"W_" + k: two(dz[k]).T @ two(hx) for k in dz}
    grads.update({"b_" + k: two(dz[k]).sum(0) for k in dz})
    return dhx[..., np.shape(s["h_prev"])[-1]:], dhx[..., :np.shape(s["h_prev"])[-1]], d * s["f"], grads

def lstm_backward(dhs, caches, params):
    def after(t):
        """What step t is given by the steps after it, their dxs, and the sum of their gradients."""
        if t == len(caches):
            return np.zeros_like(dhs[0]), np.zeros_like(dhs[0]), [], {k: np.zeros_like(p) for k, p in params.items()}
        dh, dc, dxs, grads = after(t + 1)
        dx, dh, dc, own = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        return dh, dc, [dx, *dxs], {k: grads[k] + own[k] for k in grads}

    dh0, dc0, dxs, grads = after(0)
    return np.asarray(dxs), dh0, dc0, grads

def numerical_gradient(loss, array, eps=1e-5):
    def bisect(keys):
        if len(keys) == 1:
            bump = np.zeros(array.shape)
            bump[keys[0]] = eps
            return [(loss(array + bump) - loss(array - bump)) / (2 * eps)]
        half = len(keys) // 2
        return bisect(keys[:half]) + bisect(keys[half:])

    return np.array(bisect(list(np.ndindex(array.shape)))).reshape(array.shape)

def clip_gradients(grads, max_norm):
    norm = reduce(np.hypot, (np.linalg.norm(np.ravel(g)) for g in grads.values()))
    return ({k: g * (max_norm / norm) for k, g in grads.items()} if norm > max_norm else {**grads}), norm
