import numpy as np

def lstm_cell_backward(dh, dc, cache, params):
    s = {k: np.asfortranarray(v) for k, v in cache.items()}
    n, m = s["h_prev"].shape[-1], s["x"].shape[-1]
    room = np.zeros((4, *dh.shape), order="F")
    t = np.tanh(s["c"])
    d = np.multiply(dh, s["o"]); d *= 1 - t**2; d += dc
    np.multiply(d, s["c_prev"], out=room[0]); room[0] *= s["f"] * (1 - s["f"])
    np.multiply(d, s["c_tilde"], out=room[1]); room[1] *= s["i"] * (1 - s["i"])
    np.multiply(d, s["i"], out=room[2]); room[2] *= 1 - s["c_tilde"] ** 2
    np.multiply(dh, t, out=room[3]); room[3] *= s["o"] * (1 - s["o"])
    hx = np.empty((*dh.shape[:-1], m + n)[::-1]).T
    hx[..., :n], hx[..., n:] = s["h_prev"], s["x"]
    big = np.zeros((n + m + 3, n * 4), order="F")  # gradients are views of its transposed inside
    for k in range(4):
        big[2:-1, k * n : (k + 1) * n] = (np.atleast_2d(room[k]).T @ np.atleast_2d(hx)).T
    W = np.stack([params["W_" + k] for k in "fico"])
    dhx = np.tensordot(np.moveaxis(room, 0, -2), W, axes=((-2, -1), (0, 1)))
    grads = {"W_" + k: big.T[j * n : (j + 1) * n, 2:-1] for j, k in enumerate("fico")}
    sums = room.reshape(4, -1, n)[:, ::-1].sum(axis=1)
    grads |= {"b_" + k: sums[j] for j, k in enumerate("fico")}
    return dhx[..., n:], dhx[..., :n], d * s["f"], grads

def lstm_backward(dhs, caches, params):
    out = np.zeros((*caches[0]["x"].shape, len(caches)))  # time last
    dh, dc, total = np.zeros_like(dhs[0]), np.zeros_like(dhs[0]), {k: np.zeros(p.shape, order="F") for k, p in params.items()}
    for t in range(len(caches) - 1, -1, -1):
        out[..., t], dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        for k in total:
            np.add(total[k], grads[k], out=total[k])
    return np.moveaxis(out, -1, 0), dh[...], dc[...], total

def numerical_gradient(loss, array, eps=1e-5):
    work, result = np.array(array, order="F"), np.zeros((2, *array.shape), order="F")
    for index in np.ndindex(work.shape):
        kept = work[index]
        for side, sign in enumerate((+1, -1)):
            work[index] = kept + sign * eps
            result[(side, *index)] = loss(work)
        work[index] = kept
    return np.subtract(*result) / (2 * eps)

def clip_gradients(grads, max_norm):
    norm = np.sqrt(np.add.reduce([np.linalg.norm(g.ravel(order="K")) ** 2 for g in grads.values()]))
    factor = 1.0 if not norm > max_norm else max_norm / norm
    return {k: np.asfortranarray(g * factor) for k, g in grads.items()}, norm
