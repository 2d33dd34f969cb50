import numpy as np

def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))

def col(a): return np.atleast_2d(a).T
def like(x): return (lambda a: a.T[0]) if x.ndim == 1 else (lambda a: np.ascontiguousarray(a.T))
def cols(p): return {k: v[:, None] if v.ndim == 1 else v for k, v in p.items()}

def peephole(x, h, c0, p):
    hx = np.vstack([h, x])
    z = {k: p["W_" + k].dot(hx) + p["b_" + k] for k in "fico"}
    f, i, g = sigmoid(z["f"] + p["p_f"] * c0), sigmoid(z["i"] + p["p_i"] * c0), np.tanh(z["c"])
    c = f * c0 + i * g
    o = sigmoid(z["o"] + p["p_o"] * c)
    return o * np.tanh(c), c, dict(x=x, h_prev=h, c_prev=c0, f=f, i=i, c_tilde=g, o=o, c=c)

def peephole_cell_forward(x, h_prev, c_prev, params):
    out = like(x)
    h, c, cache = peephole(col(x), col(h_prev), col(c_prev), cols(params))
    return out(h), out(c), {k: out(v) for k, v in cache.items()}

def gru_cell_forward(x, h_prev, params):
    out, p, x, h = like(x), cols(params), col(x), col(h_prev)
    z, r = (sigmoid(p["W_" + k].dot(np.vstack([h, x])) + p["b_" + k]) for k in "zr")
    g = np.tanh(p["W_h"].dot(np.vstack([r * h, x])) + p["b_h"])
    return out((1 - z) * g + z * h), {k: out(v) for k, v in dict(x=x, h_prev=h, z=z, r=r, h_tilde=g).items()}

def run(columns, p):
    """Columns in, columns out, one (features, B) block for each step."""
    p = cols(p) | {"p_" + k: 0.0 for k in "fio"}
    h = c = np.zeros((len(p["b_f"]), columns[0].shape[1]))
    hs = []
    for x in columns:
        h, c, _ = peephole(x, h, c, p)
        hs.append(h)
    return hs

def bidirectional_forward(xs, params_forward, params_backward):
    out, columns = like(xs[0]), [col(x) for x in xs]
    pairs = zip(run(columns, params_forward), run(columns[::-1], params_backward)[::-1])
    return np.array([out(np.vstack(pair)) for pair in pairs])

def stacked_forward(xs, layers):
    out, columns = like(xs[0]), [col(x) for x in xs]
    for p in layers:
        columns = run(columns, p)
    return np.array([out(h) for h in columns])

def gru_cell_backward(dh, cache, params):
    out, p, s, dh = like(dh), cols(params), {k: col(v) for k, v in cache.items()}, col(dh)
    n, one = len(dh), np.ones(dh.shape[1])
    a = dh * (1 - s["z"]) * (1 - s["h_tilde"] ** 2)
    up = p["W_h"].T @ a
    b = dh * (s["h_prev"] - s["h_tilde"]) * s["z"] * (1 - s["z"])
    c = up[:n] * s["h_prev"] * s["r"] * (1 - s["r"])
    hx, rx = np.vstack([s["h_prev"], s["x"]]), np.vstack([s["r"] * s["h_prev"], s["x"]])
    both = p["W_z"].T @ b + p["W_r"].T @ c
    grads = {"W_z": b @ hx.T, "W_r": c @ hx.T, "W_h": a @ rx.T, "b_z": b @ one, "b_r": c @ one, "b_h": a @ one}
    return out(up[n:] + both[n:]), out(dh * s["z"] + s["r"] * up[:n] + both[:n]), grads

def peephole_cell_backward(dh, dc, cache, params):
    out, p, s, dh, dc = like(dh), cols(params), {k: col(v) for k, v in cache.items()}, col(dh), col(dc)
    n, one, t = len(dh), np.ones(dh.shape[1]), np.tanh(s["c"])
    d = {"o": dh * t * s["o"] * (1 - s["o"])}
    dc = dc + dh * s["o"] * (1 - t**2) + p["p_o"] * d["o"]
    d["f"], d["i"] = dc * s["c_prev"] * s["f"] * (1 - s["f"]), dc * s["c_tilde"] * s["i"] * (1 - s["i"])
    d["c"] = dc * s["i"] * (1 - s["c_tilde"] ** 2)
    hx = np.vstack([s["h_prev"], s["x"]])
    grads = {"W_" + k: v @ hx.T for k, v in d.items()} | {"b_" + k: v @ one for k, v in d.items()}
    grads |= {"p_f": (d["f"] * s["c_prev"]) @ one, "p_i": (d["i"] * s["c_prev"]) @ one, "p_o": (d["o"] * s["c"]) @ one}
    dhx = sum(p["W_" + k].T @ v for k, v in d.items())
    return out(dhx[n:]), out(dhx[:n]), out(dc * s["f"] + p["p_f"] * d["f"] + p["p_i"] * d["i"]), grads
