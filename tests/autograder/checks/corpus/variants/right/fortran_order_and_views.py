import numpy as np
from types import MappingProxyType
from collections import OrderedDict

def sigma(z):
    z = np.array(z, order="F")
    np.negative(z, out=z)
    with np.errstate(over="ignore"):
        np.exp(z, out=z)
    z += 1
    return np.reciprocal(z, out=z)

def put(h, x):
    room = np.empty((*h.shape[:-1], h.shape[-1] + x.shape[-1] + 2), order="F")[..., 1:-1]
    room[..., : h.shape[-1]], room[..., h.shape[-1] :] = h, x
    return room

def peephole_cell_forward(x, h_prev, c_prev, params):
    v = put(h_prev, x)
    out = np.zeros((6, *h_prev.shape), order="F")
    out[0] = sigma(v @ params["W_f"].T + params["b_f"] + params["p_f"] * c_prev)
    out[1] = sigma(v @ params["W_i"].T + params["b_i"] + params["p_i"] * c_prev)
    np.tanh(v @ params["W_c"].T + params["b_c"], out=out[2])
    np.add(out[0] * c_prev, out[1] * out[2], out=out[3])
    out[4] = sigma(v @ params["W_o"].T + params["b_o"] + params["p_o"] * out[3])
    out[5] = out[4] * np.tanh(out[3])
    cache = OrderedDict(zip(("f", "i", "c_tilde", "c", "o"), out))
    cache.update(x=v[..., h_prev.shape[-1] :], h_prev=v[..., : h_prev.shape[-1]], c_prev=c_prev)
    return out[5], out[3], cache

def gru_cell_forward(x, h_prev, params):
    v = put(h_prev, x)
    z, r = sigma(v @ params["W_z"].T + params["b_z"]), sigma(v @ params["W_r"].T + params["b_r"])
    cache = {"x": x, "h_prev": h_prev, "z": z, "r": r}
    cache["h_tilde"] = np.tanh(put(r * h_prev, x) @ params["W_h"].T + params["b_h"])
    h = np.zeros(h_prev.shape, order="F")
    np.copyto(h, z * h_prev)
    h += (1 - z) * cache["h_tilde"]
    return h, MappingProxyType(cache)

def run(xs, p, out):
    """Into `out`, which may be any view."""
    h, c = np.zeros(out.shape[1:]), np.zeros(out.shape[1:])
    for t in range(len(xs)):
        v = put(h, xs[t])
        f, i, o = (sigma(v @ p["W_" + k].T + p["b_" + k]) for k in "fio")
        c = f * c + i * np.tanh(v @ p["W_c"].T + p["b_c"])
        h = o * np.tanh(c)
        out[t] = h
    return out

def bidirectional_forward(xs, params_forward, params_backward):
    n = params_forward["b_f"].shape[0]
    both = np.zeros((2 * n, *xs.shape[:-1])).transpose(*range(1, xs.ndim), 0)
    run(xs, params_forward, both[..., :n])
    run(xs[::-1], params_backward, both[::-1][..., n:])
    return both

def stacked_forward(xs, layers):
    for p in layers:
        xs = run(xs, p, np.zeros((*xs.shape[:-1], p["b_f"].size), order="F"))
    return xs

def sums(dz, v):
    return np.asfortranarray(np.tensordot(np.atleast_2d(dz), np.atleast_2d(v), (0, 0))), np.add.reduce(np.atleast_2d(dz))

def gru_cell_backward(dh, cache, params):
    x, h, z, r, g = map(cache.get, ("x", "h_prev", "z", "r", "h_tilde"))
    n, grads = h.shape[-1], {}
    dzh = dh * (1 - z); dzh *= 1 - g**2
    total = dzh @ params["W_h"]
    dzz = dh * (h - g); dzz *= z; dzz *= 1 - z
    dzr = total[..., :n] * h; dzr *= r * (1 - r)
    grads["W_h"], grads["b_h"] = sums(dzh, put(r * h, x))
    total[..., :n] *= r
    total[..., :n] += dh * z
    for k, d in zip("zr", (dzz, dzr)):
        total += d @ params["W_" + k]
        grads["W_" + k], grads["b_" + k] = sums(d, put(h, x))
    return total[..., n:], total[..., :n], grads

def peephole_cell_backward(dh, dc, cache, params):
    c = MappingProxyType(cache)
    t = np.tanh(c["c"])
    d = np.empty((4, *dh.shape), order="F")
    np.multiply(dh * t, c["o"] * (1 - c["o"]), out=d[3])
    dc = np.add(dc, params["p_o"] * d[3] + dh * c["o"] * (1 - t * t))
    np.multiply(dc * c["c_prev"], c["f"] * (1 - c["f"]), out=d[0])
    np.multiply(dc * c["c_tilde"], c["i"] * (1 - c["i"]), out=d[1])
    np.multiply(dc * c["i"], 1 - c["c_tilde"] ** 2, out=d[2])
    v, grads, dv = put(c["h_prev"], c["x"]), {}, 0
    for k, dz in zip("fico", d):
        grads["W_" + k], grads["b_" + k] = sums(dz, v)
        dv = dv + dz @ params["W_" + k]
    for k, dz, seen in zip("fio", d[[0, 1, 3]], (c["c_prev"], c["c_prev"], c["c"])):
        grads["p_" + k] = sums(dz * seen, v)[1]
    n = t.shape[-1]
    return dv[..., n:], dv[..., :n], dc * c["f"] + params["p_f"] * d[0] + params["p_i"] * d[1], grads
