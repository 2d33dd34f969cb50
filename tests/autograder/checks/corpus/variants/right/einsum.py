import numpy as np
from numpy import einsum as es, tanh

def sigmoid(a): return np.reciprocal(1 + np.exp(-np.clip(a, -700, 700)))

def z(p, k, h, x):
    n = h.shape[-1]
    return es("ij,...j->...i", p["W_" + k][:, :n], h) + es("ij,...j->...i", p["W_" + k][:, n:], x) + p["b_" + k]

def peephole_cell_forward(x, h_prev, c_prev, params):
    peep = lambda k, c: es("i,...i->...i", params["p_" + k], c)
    f, i = (sigmoid(z(params, k, h_prev, x) + peep(k, c_prev)) for k in "fi")
    c_tilde = tanh(z(params, "c", h_prev, x))
    c = es("...i,...i->...i", f, c_prev) + es("...i,...i->...i", i, c_tilde)
    o = sigmoid(z(params, "o", h_prev, x) + peep("o", c))
    return es("...i,...i->...i", o, tanh(c)), c, {k: v for k, v in locals().items() if k not in ("params", "peep")}

def gru_cell_forward(x, h_prev, params):
    u, r = (sigmoid(z(params, k, h_prev, x)) for k in "zr")
    h_tilde = tanh(z(params, "h", es("...i,...i->...i", r, h_prev), x))
    return np.average(np.stack([h_tilde, h_prev]), axis=0, weights=np.stack([1 - u, u]) + 0.0), {
        "x": x, "h_prev": h_prev, "z": u, "r": r, "h_tilde": h_tilde
    }

def sequence(xs, p, order=slice(None)):
    h = c = np.zeros(xs.shape[1:-1] + (len(p["b_o"]),))
    out = []
    for x in xs[order]:
        f, i, o = (sigmoid(z(p, k, h, x)) for k in "fio")
        c = f * c + i * tanh(z(p, "c", h, x))
        h = o * tanh(c)
        out.append(h)
    return np.array(out)[order]

def bidirectional_forward(xs, params_forward, params_backward):
    return np.append(sequence(xs, params_forward), sequence(xs, params_backward, slice(None, None, -1)), axis=-1)

def stacked_forward(xs, layers):
    from functools import reduce
    return reduce(sequence, layers, xs)

def collect(dz, hx):
    out = {}
    for k in dz:
        batch = "b" * (dz[k].ndim - 1)
        out["W_" + k] = es(f"{batch}i,{batch}j->ij", dz[k], hx[k])
        out["b_" + k] = es(f"{batch}i->i", dz[k])
    return out

def gru_cell_backward(dh, cache, params):
    x, h, u, r, g = (cache[k] for k in ("x", "h_prev", "z", "r", "h_tilde"))
    n = h.shape[-1]
    a = es("...i,...i,...i->...i", dh, 1 - u, 1 - g**2)
    s = es("...i,ij->...j", a, params["W_h"][:, :n])
    dz = {"h": a, "z": dh * (h - g) * u * (1 - u), "r": s * h * r * (1 - r)}
    join = lambda h: np.concatenate([h, x], axis=-1)
    dx = sum(es("...i,ij->...j", v, params["W_" + k][:, n:]) for k, v in dz.items())
    dh_prev = dh * u + s * r + sum(es("...i,ij->...j", dz[k], params["W_" + k][:, :n]) for k in "zr")
    return dx, dh_prev, collect(dz, {"h": join(r * h), "z": join(h), "r": join(h)})

def peephole_cell_backward(dh, dc, cache, params):
    s = cache
    t = tanh(s["c"])
    o = es("...i,...i,...i,...i->...i", dh, t, s["o"], 1 - s["o"])
    d = dc + es("...i,...i,...i->...i", dh, s["o"], 1 - t**2) + es("i,...i->...i", params["p_o"], o)
    dz = {"f": d * s["c_prev"] * s["f"] * (1 - s["f"]), "i": d * s["c_tilde"] * s["i"] * (1 - s["i"]),
          "c": d * s["i"] * (1 - s["c_tilde"] ** 2), "o": o}
    hx = np.concatenate([s["h_prev"], s["x"]], axis=-1)
    grads = collect(dz, dict.fromkeys(dz, hx))
    for k, seen in zip("fio", ("c_prev", "c_prev", "c")):
        grads["p_" + k] = es("bi,bi->i", *map(np.atleast_2d, (dz[k], s[seen])))
    n = t.shape[-1]
    dhx = es("k...i,kij->...j", np.stack([dz[k] for k in "fico"]), np.stack([params["W_" + k] for k in "fico"]))
    return dhx[..., n:], dhx[..., :n], d * s["f"] + params["p_f"] * dz["f"] + params["p_i"] * dz["i"], grads
