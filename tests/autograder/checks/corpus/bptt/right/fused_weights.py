import numpy as np

ORDER = ["f", "i", "c", "o"]

def lstm_cell_backward(dh, dc, cache, params):
    single = dh.ndim == 1
    rows = {k: np.atleast_2d(v) for k, v in cache.items()}
    W = np.vstack([params[f"W_{k}"] for k in ORDER])  # (4n, n+m)
    t = np.tanh(rows["c"])
    total = np.atleast_2d(dc) + np.atleast_2d(dh) * rows["o"] * (1 - t * t)
    gates = np.hstack([rows["f"], rows["i"], rows["c_tilde"], rows["o"]])
    upstream = np.hstack([total * rows["c_prev"], total * rows["c_tilde"], total * rows["i"], np.atleast_2d(dh) * t])
    n = rows["h_prev"].shape[1]
    tanh_columns = slice(2 * n, 3 * n)
    slope = gates * (1 - gates)
    slope[:, tanh_columns] = 1 - gates[:, tanh_columns] ** 2
    dz = upstream * slope
    z = np.hstack([rows["h_prev"], rows["x"]])
    dW, db, dhx = dz.T @ z, dz.sum(0), dz @ W
    grads = {f"W_{k}": part for k, part in zip(ORDER, np.split(dW, 4))}
    grads |= {f"b_{k}": part for k, part in zip(ORDER, np.split(db, 4))}
    out = dhx[:, n:], dhx[:, :n], total * rows["f"]
    return *(a[0] if single else a for a in out), grads

def lstm_backward(dhs, caches, params):
    """All dz first, then one product for all weights."""
    T, n = len(caches), dhs.shape[-1]
    W = np.concatenate([params["W_" + k] for k in ORDER])
    dzs, dh, dc = [], 0 * dhs[0], 0 * dhs[0]
    for t in reversed(range(T)):
        s = caches[t]
        dh = dh + dhs[t]
        tc = np.tanh(s["c"])
        dc = dc + dh * s["o"] * (1 - tc**2)
        dz = np.concatenate([
            dc * s["c_prev"] * s["f"] * (1 - s["f"]),
            dc * s["c_tilde"] * s["i"] * (1 - s["i"]),
            dc * s["i"] * (1 - s["c_tilde"] ** 2),
            dh * tc * s["o"] * (1 - s["o"]),
        ], axis=-1)
        dh, dc = (dz @ W)[..., :n], dc * s["f"]
        dzs.insert(0, dz)
    dzs = np.stack(dzs)
    zs = np.stack([np.concatenate([s["h_prev"], s["x"]], -1) for s in caches])
    dW = dzs.reshape(-1, 4 * n).T @ zs.reshape(-1, zs.shape[-1])
    db = dzs.reshape(-1, 4 * n).sum(0)
    grads = {}
    for k, name in enumerate(ORDER):
        grads["W_" + name], grads["b_" + name] = dW[k * n : (k + 1) * n], db[k * n : (k + 1) * n]
    return (dzs @ W)[..., n:], dh, dc, grads

def numerical_gradient(loss, array, eps=1e-5):
    eye = np.eye(array.size).reshape(array.size, *array.shape)
    slopes = [(loss(array + eps * e) - loss(array - eps * e)) / (2 * eps) for e in eye]
    return np.array(slopes).reshape(array.shape)

def clip_gradients(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads.values()])
    norm = np.linalg.norm(flat)
    flat = flat * (max_norm / max(norm, max_norm))
    cuts = np.cumsum([g.size for g in grads.values()])[:-1]
    return {k: part.reshape(g.shape) for (k, g), part in zip(grads.items(), np.split(flat, cuts))}, norm
