"""The gates are computed again from x, h_prev, c_prev and the parameters; of the cache nothing else is used."""
import numpy as np

def _sigma(z):
    return 0.5 * (1 + np.tanh(z / 2))

def lstm_cell_backward(dh, dc, cache, params):
    x, h_prev, c_prev = cache["x"], cache["h_prev"], cache["c_prev"]
    hx = np.concatenate([h_prev, x], axis=-1)
    zf, zi, zc, zo = (hx @ params[f"W_{k}"].T + params[f"b_{k}"] for k in "fico")
    f, i, g, o = _sigma(zf), _sigma(zi), np.tanh(zc), _sigma(zo)
    t = np.tanh(f * c_prev + i * g)
    d = dc + dh * o * (1 - t**2)
    dz = [d * c_prev * f * _sigma(-zf), d * g * i * _sigma(-zi), d * i * (1 - g**2), dh * t * o * _sigma(-zo)]
    grads = {}
    for k, v in zip("fico", dz):
        grads["W_" + k] = (v[..., :, None] * hx[..., None, :]).reshape(-1, v.shape[-1], hx.shape[-1]).sum(0)
        grads["b_" + k] = v.reshape(-1, v.shape[-1]).sum(0)
    dhx = sum(v @ params["W_" + k] for k, v in zip("fico", dz))
    return dhx[..., h_prev.shape[-1]:], dhx[..., :h_prev.shape[-1]], d * f, grads

def lstm_backward(dhs, caches, params):
    """A step's gradients on the way back, the whole tail recomputed from each cache's inputs."""
    T = len(dhs)
    dh, dc = np.zeros_like(dhs[0]), np.zeros_like(dhs[0])
    dxs, grads = np.zeros((T,) + caches[0]["x"].shape), {k: np.zeros_like(p) for k, p in params.items()}
    for t in np.arange(T)[::-1]:
        inputs = {k: caches[t][k] for k in ("x", "h_prev", "c_prev")}
        dxs[t], dh, dc, g = lstm_cell_backward(dhs[t] + dh, dc, inputs, params)
        for k in grads:
            grads[k] = grads[k] + g[k]
    return dxs, dh, dc, grads

def numerical_gradient(loss, array, eps=1e-5):
    at = loss(array)  # not needed, but asked
    shifted = lambda k, by: loss(np.where(np.arange(array.size).reshape(array.shape) == k, array + by, array))
    return np.reshape([(shifted(k, eps) - shifted(k, -eps)) / (2 * eps) for k in range(array.size)], array.shape)

def clip_gradients(grads, max_norm):
    length = lambda g: float(np.sqrt(sum(map(lambda a: float((a * a).sum()), g.values()))))
    clipped = {k: g.copy() for k, g in grads.items()}
    if length(grads) > max_norm:
        for k in clipped:
            clipped[k] *= max_norm / length(grads)
    return clipped, length(grads)
