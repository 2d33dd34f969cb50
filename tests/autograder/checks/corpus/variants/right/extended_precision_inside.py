import numpy as np

Q = np.longdouble

def wide(function):
    """Runs a function in extended precision, and rounds what it returns to float64."""
    up = lambda a: {k: up(v) for k, v in a.items()} if isinstance(a, dict) else [up(v) for v in a] if isinstance(a, list) else np.asarray(a, Q)
    down = lambda a: {k: down(v) for k, v in a.items()} if isinstance(a, dict) else tuple(map(down, a)) if isinstance(a, tuple) else a.astype(float)
    return lambda *args: down(function(*map(up, args)))

def σ(z):
    return 1 / (1 + np.exp(-z))

def aff(p, k, h, x):
    return np.concatenate([h, x], -1) @ p["W_" + k].T + p["b_" + k]

@wide
def peephole_cell_forward(x, h_prev, c_prev, p):
    f, i = (σ(aff(p, k, h_prev, x) + p["p_" + k] * c_prev) for k in "fi")
    g = np.tanh(aff(p, "c", h_prev, x))
    c = f * c_prev + i * g
    o = σ(aff(p, "o", h_prev, x) + p["p_o"] * c)
    return o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=g, o=o, c=c)

@wide
def gru_cell_forward(x, h_prev, p):
    z, r = (σ(aff(p, k, h_prev, x)) for k in "zr")
    g = np.tanh(aff(p, "h", r * h_prev, x))
    return (1 - z) * g + z * h_prev, dict(x=x, h_prev=h_prev, z=z, r=r, h_tilde=g)

def read(xs, p):
    h = c = np.zeros(xs.shape[1:-1] + p["b_f"].shape, Q)
    hs = []
    for x in xs:
        f, i, o = (σ(aff(p, k, h, x)) for k in "fio")
        c = f * c + i * np.tanh(aff(p, "c", h, x))
        h = o * np.tanh(c)
        hs.append(h)
    return np.stack(hs)

bidirectional_forward = wide(lambda xs, one, other: np.concatenate([read(xs, one), read(xs[::-1], other)[::-1]], -1))

@wide
def stacked_forward(xs, layers):
    for p in layers:
        xs = read(xs, p)
    return xs

def outer(d, v):
    return d.reshape(-1, d.shape[-1]).T @ v.reshape(-1, v.shape[-1])

@wide
def gru_cell_backward(dh, s, p):
    x, h, z, r, g = (s[k] for k in ("x", "h_prev", "z", "r", "h_tilde"))
    n = h.shape[-1]
    d = {"h": dh * (1 - z) * (1 - g**2), "z": dh * (h - g) * z * (1 - z)}
    reset = d["h"] @ p["W_h"][:, :n]
    d["r"] = reset * h * r * (1 - r)
    dx = sum(d[k] @ p["W_" + k][:, n:] for k in d)
    dhp = dh * z + reset * r + sum(d[k] @ p["W_" + k][:, :n] for k in "zr")
    grads = {"W_" + k: outer(d[k], np.concatenate([r * h if k == "h" else h, x], -1)) for k in d}
    return dx, dhp, grads | {"b_" + k: v.reshape(-1, n).sum(0) for k, v in d.items()}

@wide
def peephole_cell_backward(dh, dc, s, p):
    n, t = dh.shape[-1], np.tanh(s["c"])
    d = {"o": dh * t * s["o"] * (1 - s["o"])}
    dc = dc + dh * s["o"] * (1 - t**2) + p["p_o"] * d["o"]
    d["f"] = dc * s["c_prev"] * s["f"] * (1 - s["f"])
    d["i"] = dc * s["c_tilde"] * s["i"] * (1 - s["i"])
    d["c"] = dc * s["i"] * (1 - s["c_tilde"] ** 2)
    v = np.concatenate([s["h_prev"], s["x"]], -1)
    dv = sum(d[k] @ p["W_" + k] for k in d)
    grads = {"W_" + k: outer(d[k], v) for k in d} | {"b_" + k: d[k].reshape(-1, n).sum(0) for k in d}
    grads |= {"p_" + k: (d[k] * s[seen]).reshape(-1, n).sum(0) for k, seen in zip("fio", ("c_prev", "c_prev", "c"))}
    return dv[..., n:], dv[..., :n], dc * s["f"] + p["p_f"] * d["f"] + p["p_i"] * d["i"], grads
