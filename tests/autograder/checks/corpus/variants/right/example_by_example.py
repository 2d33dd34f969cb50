import numpy as np

def σ(z): return (np.tanh(z / 2) + 1) / 2

def rows_of(function, count):
    """`function` knows single examples; here it is asked for each row of a batch."""
    def both(*args):
        *arrays, params = args
        first = arrays[0]
        if first.ndim == 1:
            return function(*args)
        cut = lambda a, b: {k: v[b] for k, v in a.items()} if isinstance(a, dict) else a[b]
        results = [function(*(cut(a, b) for a in arrays), params) for b in range(first.shape[0])]
        outs = [np.array([r[k] for r in results]) for k in range(count)]
        last = [r[count] for r in results]
        join = np.stack if "x" in last[0] else sum  # caches are kept, gradients are added up
        return (*outs, {k: join([d[k] for d in last]) for k in last[0]})
    return both

def peephole_of_one(x, h_prev, c_prev, p):
    v = np.r_[h_prev, x]
    f = σ(p["W_f"] @ v + p["b_f"] + np.diag(p["p_f"]) @ c_prev)
    i = σ(p["W_i"] @ v + p["b_i"] + np.diag(p["p_i"]) @ c_prev)
    c_tilde = np.tanh(p["W_c"] @ v + p["b_c"])
    c = f * c_prev + i * c_tilde
    o = σ(p["W_o"] @ v + p["b_o"] + np.diag(p["p_o"]) @ c)
    return o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)

def gru_of_one(x, h_prev, p):
    z, r = σ(p["W_z"] @ np.r_[h_prev, x] + p["b_z"]), σ(p["W_r"] @ np.r_[h_prev, x] + p["b_r"])
    h_tilde = np.tanh(p["W_h"] @ np.r_[r * h_prev, x] + p["b_h"])
    return (1 - z) * h_tilde + z * h_prev, dict(x=x, h_prev=h_prev, z=z, r=r, h_tilde=h_tilde)

peephole_cell_forward, gru_cell_forward = rows_of(peephole_of_one, 2), rows_of(gru_of_one, 1)

def lstm_of_one(xs, p):
    h = c = np.zeros(p["b_f"].shape)
    hs = []
    for x in xs:
        v = np.r_[h, x]
        c = σ(p["W_f"] @ v + p["b_f"]) * c + σ(p["W_i"] @ v + p["b_i"]) * np.tanh(p["W_c"] @ v + p["b_c"])
        h = σ(p["W_o"] @ v + p["b_o"]) * np.tanh(c)
        hs.append(h)
    return np.array(hs)

def lstm(xs, p):
    return lstm_of_one(xs, p) if xs.ndim == 2 else np.stack([lstm_of_one(xs[:, b], p) for b in range(xs.shape[1])], axis=1)

def bidirectional_forward(xs, params_forward, params_backward):
    T, n = len(xs), len(params_forward["b_f"])
    out = np.zeros(xs.shape[:-1] + (2 * n,))
    forward, backward = lstm(xs, params_forward), lstm(xs[np.arange(T - 1, -1, -1)], params_backward)
    for t in range(T):
        out[t, ..., :n] = forward[t]
        out[t, ..., n:] = backward[T - 1 - t]
    return out

def stacked_forward(xs, layers):
    hs = [xs]
    for p in layers:
        hs.append(lstm(hs[-1], p))
    return hs[-1]

def gru_back_of_one(dh, s, p):
    """By Jacobians."""
    D, n = np.diag, len(dh)
    z, r, g, h = s["z"], s["r"], s["h_tilde"], s["h_prev"]
    to_zh = D((1 - z) * (1 - g**2))  # ∂h/∂z_h
    to_zz = D((h - g) * z * (1 - z))
    reset = to_zh @ p["W_h"][:, :n]  # ∂h/∂(r ⊙ h_prev)
    to_zr = reset @ D(h * r * (1 - r))
    to_h = D(z) + reset @ D(r) + to_zz @ p["W_z"][:, :n] + to_zr @ p["W_r"][:, :n]
    to_x = to_zh @ p["W_h"][:, n:] + to_zz @ p["W_z"][:, n:] + to_zr @ p["W_r"][:, n:]
    dz = {"z": dh @ to_zz, "r": dh @ to_zr, "h": dh @ to_zh}
    v = {"z": np.r_[h, s["x"]], "r": np.r_[h, s["x"]], "h": np.r_[r * h, s["x"]]}
    return dh @ to_x, dh @ to_h, {f"W_{k}": np.outer(dz[k], v[k]) for k in dz} | {f"b_{k}": dz[k] for k in dz}

def peephole_back_of_one(dh, dc, s, p):
    D, n, t = np.diag, len(dh), np.tanh(s["c"])
    zo = D(t * s["o"] * (1 - s["o"]))
    dc = dc + dh @ (D(s["o"] * (1 - t**2)) + zo @ D(p["p_o"]))
    dz = {"f": dc @ D(s["c_prev"] * s["f"] * (1 - s["f"])), "i": dc @ D(s["c_tilde"] * s["i"] * (1 - s["i"])),
          "c": dc @ D(s["i"] * (1 - s["c_tilde"] ** 2)), "o": dh @ zo}
    dhx = sum(dz[k] @ p["W_" + k] for k in dz)
    v = np.r_[s["h_prev"], s["x"]]
    grads = {f"W_{k}": np.outer(dz[k], v) for k in dz} | {f"b_{k}": dz[k] for k in dz}
    grads |= {"p_f": dz["f"] * s["c_prev"], "p_i": dz["i"] * s["c_prev"], "p_o": dz["o"] * s["c"]}
    return dhx[n:], dhx[:n], dc @ D(s["f"]) + dz["f"] @ D(p["p_f"]) + dz["i"] @ D(p["p_i"]), grads

gru_cell_backward, peephole_cell_backward = rows_of(gru_back_of_one, 2), rows_of(peephole_back_of_one, 3)
