import numpy as np

def lstm_cell_backward(dh, dc, cache, params):
    n = params["b_f"].shape[0]
    U = {k: params["W_" + k][:, :n] for k in "fico"}
    V = {k: params["W_" + k][:, n:] for k in "fico"}
    f, i, g, o = (cache[k] for k in ("f", "i", "c_tilde", "o"))
    sech2 = 1 / np.cosh(cache["c"]) ** 2
    dc_all = dc + dh * o * sech2
    d = {}
    d["f"] = dc_all * cache["c_prev"] * (f - f * f)
    d["i"] = dc_all * g * (i - i * i)
    d["c"] = dc_all * i * (1 - g) * (1 + g)
    d["o"] = dh * np.tanh(cache["c"]) * (o - o * o)
    dh_prev = d["f"] @ U["f"] + d["i"] @ U["i"] + d["c"] @ U["c"] + d["o"] @ U["o"]
    dx = d["f"] @ V["f"] + d["i"] @ V["i"] + d["c"] @ V["c"] + d["o"] @ V["o"]
    grads = {}
    for k in d:
        D, H, X = (a if a.ndim == 2 else a[None, :] for a in (d[k], cache["h_prev"], cache["x"]))
        dW = np.empty_like(params["W_" + k])
        dW[:, :n], dW[:, n:] = D.T @ H, D.T @ X
        grads["W_" + k], grads["b_" + k] = dW, np.add.reduce(D)
    return (dx, dh_prev, dc_all * f, grads)

def lstm_backward(dhs, caches, params):
    dxs, back_h, back_c = {}, np.zeros(dhs[-1].shape), np.zeros(dhs[-1].shape)
    all_grads = []
    for t, cache in reversed(list(enumerate(caches))):
        dxs[t], back_h, back_c, grads = lstm_cell_backward(dhs[t] + back_h, back_c, cache, params)
        all_grads.append(grads)
    grads = {}
    for name in all_grads[0]:
        grads[name] = np.sum([g[name] for g in all_grads], axis=0)
    return np.stack([dxs[t] for t in sorted(dxs)]), back_h, back_c, grads

def numerical_gradient(loss, array, eps=1e-5):
    flat = array.ravel()  # a view: it is moved and put back
    grad = np.zeros(flat.size)
    for k in range(flat.size):
        kept = flat[k]
        flat[k] = kept + eps
        plus = loss(array)
        flat[k] = kept - eps
        minus = loss(array)
        flat[k] = kept
        grad[k] = (plus - minus) / eps / 2
    return grad.reshape(array.shape)

def clip_gradients(grads, max_norm):
    norms = np.array([np.linalg.norm(g) for g in grads.values()])
    norm = np.linalg.norm(norms)
    if norm <= max_norm:
        return grads, norm
    clipped = {}
    for name in grads:
        clipped[name] = grads[name] / norm * max_norm
    return clipped, norm
