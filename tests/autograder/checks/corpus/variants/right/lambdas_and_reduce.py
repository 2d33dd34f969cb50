import numpy as np
from functools import partial, reduce
from itertools import accumulate
from operator import add

s = lambda z: 1 / (1 + np.exp(-z))
aff = lambda p, k, h, x: np.concatenate([h, x], -1) @ p["W_" + k].T + p["b_" + k]
r2 = lambda a: a.reshape(-1, a.shape[-1])
keep = lambda names, *values: dict(zip(names.split(), values))

peephole_cell_forward = lambda x, h, c, p: (
    lambda f, i, g: (lambda new: (lambda o: (o * np.tanh(new), new, keep("x h_prev c_prev f i c_tilde o c", x, h, c, f, i, g, o, new)))(
        s(aff(p, "o", h, x) + p["p_o"] * new)
    ))(f * c + i * g)
)(s(aff(p, "f", h, x) + p["p_f"] * c), s(aff(p, "i", h, x) + p["p_i"] * c), np.tanh(aff(p, "c", h, x)))

gru_cell_forward = lambda x, h, p: (
    lambda z, r: (lambda g: ((1 - z) * g + z * h, keep("x h_prev z r h_tilde", x, h, z, r, g)))(np.tanh(aff(p, "h", r * h, x)))
)(s(aff(p, "z", h, x)), s(aff(p, "r", h, x)))

step = lambda p, hc, x: (lambda c: (s(aff(p, "o", hc[0], x)) * np.tanh(c), c))(
    s(aff(p, "f", hc[0], x)) * hc[1] + s(aff(p, "i", hc[0], x)) * np.tanh(aff(p, "c", hc[0], x))
)
lstm = lambda xs, p: np.stack(
    [h for h, _ in accumulate(xs, partial(step, p), initial=(np.zeros(xs.shape[1:-1] + p["b_f"].shape),) * 2)][1:]
)
bidirectional_forward = lambda xs, one, other: np.dstack([lstm(xs, one), lstm(xs[::-1], other)[::-1]]) if xs.ndim == 3 else np.hstack(
    [lstm(xs, one), lstm(xs[::-1], other)[::-1]]
)
stacked_forward = partial(lambda f, xs, layers: reduce(f, layers, xs), lstm)

W = lambda k, d, v: {"W_" + k: r2(d).T @ r2(v), "b_" + k: r2(d).sum(0)}

gru_cell_backward = lambda dh, c, p: (
    lambda x, h, z, r, g, n: (
        lambda a: (lambda q: (lambda b, d: (
            q[..., n:] + b @ p["W_z"][:, n:] + d @ p["W_r"][:, n:],
            dh * z + q[..., :n] * r + b @ p["W_z"][:, :n] + d @ p["W_r"][:, :n],
            W("z", b, np.concatenate([h, x], -1)) | W("r", d, np.concatenate([h, x], -1)) | W("h", a, np.concatenate([r * h, x], -1)),
        ))(dh * (h - g) * z * (1 - z), q[..., :n] * h * r * (1 - r)))(a @ p["W_h"])
    )(dh * (1 - z) * (1 - g**2))
)(c["x"], c["h_prev"], c["z"], c["r"], c["h_tilde"], dh.shape[-1])

def peephole_cell_backward(dh, dc, cache, params, *, slope=lambda y: y * (1 - y)):
    c, p, t = cache, params, np.tanh(cache["c"])
    o = dh * t * slope(c["o"])
    d = reduce(add, (dc, dh * c["o"] * (1 - t**2), p["p_o"] * o))
    dz = dict(f=d * c["c_prev"] * slope(c["f"]), i=d * c["c_tilde"] * slope(c["i"]), c=d * c["i"] * (1 - c["c_tilde"] ** 2), o=o)
    v = np.concatenate([c["h_prev"], c["x"]], -1)
    grads = reduce(lambda a, b: a | b, (W(k, dz[k], v) for k in dz))
    grads |= {"p_" + k: r2(dz[k] * c[seen]).sum(0) for k, seen in zip("fio", ["c_prev", "c_prev", "c"])}
    dv = reduce(add, (dz[k] @ p["W_" + k] for k in dz))
    return *np.split(dv, [dh.shape[-1]], -1)[::-1], reduce(add, (d * c["f"], p["p_f"] * dz["f"], p["p_i"] * dz["i"])), grads
