import numpy as np
L = np.longdouble

def lstm_cell_backward(dh, dc, cache, params, *, out=np.float64):
    s = {k: np.asarray(v, L) for k, v in cache.items()}
    t = np.tanh(s["c"])
    d = L(1) * dc + dh * s["o"] * (1 - t**2)
    dz = {
        "f": d * s["c_prev"] * s["f"] * (1 - s["f"]),
        "i": d * s["c_tilde"] * s["i"] * (1 - s["i"]),
        "c": d * s["i"] * (1 - s["c_tilde"] ** 2),
        "o": dh * t * s["o"] * (1 - s["o"]),
    }
    hx = np.concatenate([s["h_prev"], s["x"]], axis=-1)
    dhx = sum(dz[k] @ params["W_" + k].astype(L) for k in dz)
    grads = {}
    for k, v in dz.items():
        v2, hx2 = (a.reshape(-1, a.shape[-1]) for a in (v, hx))
        grads["W_" + k], grads["b_" + k] = (v2.T @ hx2).astype(out), v2.sum(0).astype(out)
    n = s["f"].shape[-1]
    return dhx[..., n:].astype(out), dhx[..., :n].astype(out), (d * s["f"]).astype(out), grads

def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros(dhs.shape[1:], L)
    dxs, total = [], {k: np.zeros(p.shape, L) for k, p in params.items()}
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params, out=L)
        dxs.append(dx)
        for k in total:
            total[k] += grads[k]
    f8 = lambda a: np.asarray(a, np.float64)
    return f8(dxs[::-1]), f8(dh), f8(dc), {k: f8(v) for k, v in total.items()}

def numerical_gradient(loss, array, eps=1e-5):
    array = np.array(array, dtype="f8")
    gradient = np.zeros(array.shape, L)
    for k, v in np.ndenumerate(array):
        array[k] = v + eps
        gradient[k] += loss(array)
        array[k] = v - eps
        gradient[k] -= loss(array)
        array[k] = v
    return (gradient / L(2 * eps)).astype("f8")

def clip_gradients(grads, max_norm):
    import math
    norm = math.sqrt(math.fsum(float(v) ** 2 for g in grads.values() for v in np.ravel(g)))
    return {k: (g.astype(L) * min(L(1), L(max_norm) / L(norm) if norm else L(1))).astype(float) for k, g in grads.items()}, norm
