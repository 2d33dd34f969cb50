import numpy as np

def column(a):
    """(n,) or (B, n) as (n, B)."""
    return np.atleast_2d(a).T

def lstm_cell_backward(dh, dc, cache, params):
    back = (lambda a: a[:, 0]) if dh.ndim == 1 else (lambda a: a.T)
    c = {name: column(value) for name, value in cache.items()}
    dh, dc = column(dh), column(dc)
    th = np.tanh(c["c"])
    dc = dc + c["o"] * dh * (1 - np.square(th))
    d = {
        "f": c["f"] * (1 - c["f"]) * c["c_prev"] * dc,
        "i": c["i"] * (1 - c["i"]) * c["c_tilde"] * dc,
        "c": (1 - np.square(c["c_tilde"])) * c["i"] * dc,
        "o": c["o"] * (1 - c["o"]) * th * dh,
    }
    hx = np.vstack((c["h_prev"], c["x"]))  # (n + m, B)
    dhx = np.zeros_like(hx)
    grads = {}
    for k in d:
        dhx += params["W_" + k].T.dot(d[k])
        grads["W_" + k] = d[k].dot(hx.T)
        grads["b_" + k] = d[k].dot(np.ones(d[k].shape[1]))
    n = len(th)
    return back(dhx[n:]), back(dhx[:n]), back(c["f"] * dc), grads

def lstm_backward(dhs, caches, params):
    T, n = dhs.shape[0], dhs.shape[-1]
    dh, dc = np.zeros(dhs.shape[1:]), np.zeros(dhs.shape[1:])
    dxs = np.empty(dhs.shape[:-1] + (caches[0]["x"].shape[-1],))
    grads = dict.fromkeys(params, 0.0)
    t = T
    while t > 0:
        t -= 1
        dx, dh, dc, step = lstm_cell_backward(np.add(dhs[t], dh), dc, caches[t], params)
        dxs[t, ...] = dx
        grads = {k: grads[k] + step[k] for k in grads}
    return dxs, dh, dc, grads

def numerical_gradient(loss, array, eps=1e-5):
    grad = np.zeros_like(array, dtype=float)
    it = np.nditer(array, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        k = it.multi_index
        old = array[k].copy()
        array[k] = old + eps
        up = loss(array)
        array[k] = old - eps
        down = loss(array)
        array[k] = old
        grad[k] = (up - down) / (2.0 * eps)
        it.iternext()
    return grad

def clip_gradients(grads, max_norm):
    total = 0.0
    for g in grads.values():
        column_of_all = g.reshape(-1, 1)
        total += (column_of_all.T @ column_of_all).item()
    norm = total**0.5
    scale = min(1.0, max_norm / norm) if norm else 1.0
    return {k: scale * v for k, v in grads.items()}, norm
