import numpy as np

def one_example(dh, dc, s, params):
    n = dh.size
    tanh_c = np.tanh(s["c"])
    dc = dc + dh * s["o"] * (1 - tanh_c * tanh_c)
    dz = {"f": dc * s["c_prev"], "i": dc * s["c_tilde"], "c": dc * s["i"], "o": dh * tanh_c}
    for k in "fio":
        dz[k] = dz[k] * s[k] * (1 - s[k])
    dz["c"] = dz["c"] * (1 - s["c_tilde"] ** 2)
    hx = np.r_[s["h_prev"], s["x"]]
    dhx = np.zeros(hx.size)
    for k in "fico":
        dhx += np.dot(params["W_" + k].T, dz[k])
    grads = {**{"W_" + k: np.multiply.outer(dz[k], hx) for k in dz}, **{"b_" + k: dz[k] for k in dz}}
    return dhx[n:], dhx[:n], dc * s["f"], grads

def lstm_cell_backward(dh, dc, cache, params):
    if np.ndim(dh) == 1:
        return one_example(dh, dc, cache, params)
    grads = {k: np.zeros(np.shape(v)) for k, v in params.items()}
    columns = [], [], []
    for b in range(len(dh)):
        *parts, g = one_example(dh[b], dc[b], {k: v[b] for k, v in cache.items()}, params)
        for column, part in zip(columns, parts):
            column.append(part)
        for k in grads:
            grads[k] += g[k]
    return np.array(columns[0]), np.array(columns[1]), np.array(columns[2]), grads

def lstm_backward(dhs, caches, params):
    """Each sequence of the batch alone."""
    if dhs.ndim == 3:
        runs = [
            lstm_backward(dhs[:, b], [{k: v[b] for k, v in cache.items()} for cache in caches], params)
            for b in range(dhs.shape[1])
        ]
        grads = {k: sum(run[3][k] for run in runs) for k in params}
        return np.stack([run[0] for run in runs], axis=1), *(np.stack([run[j] for run in runs]) for j in (1, 2)), grads
    dh, dc, dxs, total = np.zeros(dhs.shape[1]), np.zeros(dhs.shape[1]), [], []
    for t in range(1, len(dhs) + 1):
        dx, dh, dc, grads = one_example(dhs[-t] + dh, dc, caches[-t], params)
        dxs.append(dx)
        total.append(grads)
    return np.flip(np.array(dxs), axis=0), dh, dc, {k: np.array([g[k] for g in total]).sum(axis=0) for k in params}

def numerical_gradient(loss, array, eps=1e-5):
    if array.ndim == 0:
        return np.array((loss(array + eps) - loss(array - eps)) / (2 * eps))

    def with_row(k, row):
        rows = [r for r in array]
        rows[k] = row
        return np.array(rows)

    return np.stack([numerical_gradient(lambda row, k=k: loss(with_row(k, row)), array[k], eps) for k in range(len(array))])

def clip_gradients(grads, max_norm):
    squares = 0
    for name in grads:
        for value in grads[name].flat:
            squares += value * value
    norm = np.sqrt(squares)
    return {name: np.array([v * max_norm / norm if norm > max_norm else v for v in g.flat]).reshape(g.shape)
            for name, g in grads.items()}, norm
