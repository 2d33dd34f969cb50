import numpy as np

σ = lambda z: 0.5 * np.tanh(0.5 * z) + 0.5
fuse = lambda p, layers, kind: np.concatenate([p[f"{kind}_{k}"] for k in layers])
rows = lambda a: a.reshape(-1, a.shape[-1])

def unfuse(dz, hx, layers):
    dW, db = rows(dz).T @ rows(hx), rows(dz).sum(0)
    n = len(db) // len(layers)
    return {f"W_{k}": dW[j * n : j * n + n] for j, k in enumerate(layers)} | {f"b_{k}": db[j * n : j * n + n] for j, k in enumerate(layers)}

def peephole_cell_forward(x, h_prev, c_prev, params):
    hx = np.concatenate([h_prev, x], -1)
    z = hx @ fuse(params, "fico", "W").T + fuse(params, "fico", "b")
    zf, zi, zc, zo = np.split(z, 4, axis=-1)
    f, i, g = σ(zf + params["p_f"] * c_prev), σ(zi + params["p_i"] * c_prev), np.tanh(zc)
    c = f * c_prev + i * g
    o = σ(zo + params["p_o"] * c)
    return o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=g, o=o, c=c, hx=hx)

def gru_cell_forward(x, h_prev, params):
    z, r = np.split(σ(np.concatenate([h_prev, x], -1) @ fuse(params, "zr", "W").T + fuse(params, "zr", "b")), 2, axis=-1)
    g = np.tanh(np.concatenate([r * h_prev, x], -1) @ params["W_h"].T + params["b_h"])
    return g + z * (h_prev - g), dict(x=x, h_prev=h_prev, z=z, r=r, h_tilde=g)

def run(xs, p):
    W, b, n = fuse(p, "fico", "W"), fuse(p, "fico", "b"), p["b_f"].size
    drive = xs @ W[:, n:].T + b  # all inputs at once
    h = c = np.zeros((*xs.shape[1:-1], n))
    hs = np.empty((*xs.shape[:-1], n))
    for t, d in enumerate(drive):
        f, i, g, o = np.split(d + h @ W[:, :n].T, 4, axis=-1)
        c = σ(f) * c + σ(i) * np.tanh(g)
        hs[t] = h = σ(o) * np.tanh(c)
    return hs

def bidirectional_forward(xs, params_forward, params_backward):
    n = params_forward["b_f"].size
    out = np.empty((*xs.shape[:-1], 2 * n))
    out[..., :n] = run(xs, params_forward)
    out[::-1, ..., n:] = run(xs[::-1], params_backward)
    return out

def stacked_forward(xs, layers):
    below, *above = layers
    hs = run(xs, below)
    return stacked_forward(hs, above) if above else hs

def gru_cell_backward(dh, cache, params):
    x, h, z, r, g = (cache[k] for k in "x h_prev z r h_tilde".split())
    n = h.shape[-1]
    dg = dh * (1 - z) * (1 - g * g)
    back = dg @ params["W_h"]
    gates = np.concatenate([dh * (h - g) * z * (1 - z), back[..., :n] * h * r * (1 - r)], -1)
    through = gates @ fuse(params, "zr", "W")
    grads = unfuse(gates, np.concatenate([h, x], -1), "zr") | unfuse(dg, np.concatenate([r * h, x], -1), "h")
    return back[..., n:] + through[..., n:], dh * z + r * back[..., :n] + through[..., :n], grads

def peephole_cell_backward(dh, dc, cache, params):
    s, p, t = cache, params, np.tanh(cache["c"])
    do = dh * t * s["o"] * (1 - s["o"])
    d = dc + dh * s["o"] * (1 - t * t) + p["p_o"] * do
    df, di = d * s["c_prev"] * s["f"] * (1 - s["f"]), d * s["c_tilde"] * s["i"] * (1 - s["i"])
    dz = np.concatenate([df, di, d * s["i"] * (1 - s["c_tilde"] ** 2), do], -1)
    hx, n = np.concatenate([s["h_prev"], s["x"]], -1), t.shape[-1]
    peeps = rows(np.concatenate([df * s["c_prev"], di * s["c_prev"], do * s["c"]], -1)).sum(0)
    grads = unfuse(dz, hx, "fico") | dict(zip(("p_f", "p_i", "p_o"), np.split(peeps, 3)))
    dhx = dz @ fuse(p, "fico", "W")
    return dhx[..., n:], dhx[..., :n], d * s["f"] + p["p_f"] * df + p["p_i"] * di, grads
