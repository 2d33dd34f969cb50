"""Of the caches only the inputs are used: the backward passes compute everything again."""
import numpy as np

sig = lambda a: np.where(a < 0, np.exp(np.minimum(a, 0)), 1.0) / (1 + np.exp(-np.abs(a)))
J = lambda h, x: np.concatenate((h, x), axis=np.ndim(h) - 1)
B2 = lambda a: a if a.ndim == 2 else a[np.newaxis]

def peephole_cell_forward(x, h_prev, c_prev, params, also=()):
    P = params
    aff = lambda k, peep=0: J(h_prev, x).dot(P["W_" + k].T) + P["b_" + k] + peep
    cache = {"x": x, "h_prev": h_prev, "c_prev": c_prev}
    cache["f"] = sig(aff("f", P["p_f"] * c_prev))
    cache["i"] = sig(aff("i", P["p_i"] * c_prev))
    cache["c_tilde"] = np.tanh(aff("c"))
    cache["c"] = cache["f"] * c_prev + cache["i"] * cache["c_tilde"]
    cache["o"] = sig(aff("o", P["p_o"] * cache["c"]))
    return cache["o"] * np.tanh(cache["c"]), cache["c"], cache

def gru_cell_forward(x, h_prev, params):
    z = sig(J(h_prev, x) @ params["W_z"].T + params["b_z"])
    r = sig(J(h_prev, x) @ params["W_r"].T + params["b_r"])
    h_tilde = np.tanh(J(r * h_prev, x) @ params["W_h"].T + params["b_h"])
    h = h_tilde - z * h_tilde + z * h_prev
    return h, {name: value for name, value in vars().items() if name in "x h_prev z r h_tilde".split()}

def gru_cell_backward(dh, cache, params):
    x, h_prev = cache["x"], cache["h_prev"]
    _, c = gru_cell_forward(x, h_prev, params)
    z, r, g = c["z"], c["r"], c["h_tilde"]
    dg = dh * (1 - z) * (1 + g) * (1 - g)
    drx = dg @ params["W_h"]
    n = dh.shape[-1]
    dzz, dzr = dh * (h_prev - g) * z * (1 - z), drx[..., :n] * h_prev * r * (1 - r)
    dj = dzz @ params["W_z"] + dzr @ params["W_r"]
    g2 = lambda d, v: np.matmul(B2(d).T, B2(v))
    grads = {"W_z": g2(dzz, J(h_prev, x)), "W_r": g2(dzr, J(h_prev, x)), "W_h": g2(dg, J(r * h_prev, x))}
    grads.update(b_z=B2(dzz).sum(0), b_r=B2(dzr).sum(0), b_h=B2(dg).sum(0))
    return drx[..., n:] + dj[..., n:], dj[..., :n] + r * drx[..., :n] + z * dh, grads

def peephole_cell_backward(dh, dc, cache, params):
    *_, s = peephole_cell_forward(cache["x"], cache["h_prev"], cache["c_prev"], params)
    t = np.tanh(s["c"])
    o = dh * t * s["o"] * (1 - s["o"])
    total = dc + dh * s["o"] * (1 - t**2) + o * params["p_o"]
    f = total * s["c_prev"] * s["f"] * (1 - s["f"])
    i = total * s["c_tilde"] * s["i"] * (1 - s["i"])
    c = total * s["i"] * (1 - s["c_tilde"] ** 2)
    v = J(s["h_prev"], s["x"])
    grads = {}
    for k, d in dict(f=f, i=i, c=c, o=o).items():
        grads["W_" + k], grads["b_" + k] = B2(d).T @ B2(v), B2(d).sum(0)
    grads["p_f"], grads["p_i"], grads["p_o"] = B2(f * s["c_prev"]).sum(0), B2(i * s["c_prev"]).sum(0), B2(o * s["c"]).sum(0)
    dv = f @ params["W_f"] + i @ params["W_i"] + c @ params["W_c"] + o @ params["W_o"]
    n = dh.shape[-1]
    return dv[..., n:], dv[..., :n], total * s["f"] + f * params["p_f"] + i * params["p_i"], grads

def lstm_states(xs, params):
    """Each state computed anew from the beginning."""
    def state(t):
        if t < 0:
            zeros = np.zeros(xs.shape[1:-1] + params["b_f"].shape)
            return zeros, zeros
        h, c = known[t - 1] if t - 1 in known else state(t - 1)
        v = J(h, xs[t])
        f, i, o = (sig(v @ params["W_" + k].T + params["b_" + k]) for k in "fio")
        c = f * c + i * np.tanh(v @ params["W_c"].T + params["b_c"])
        known[t] = o * np.tanh(c), c
        return known[t]
    known = {}
    return np.array([state(t)[0] for t in range(len(xs))])

def bidirectional_forward(xs, params_forward, params_backward):
    halves = lstm_states(xs, params_forward), lstm_states(xs[::-1], params_backward)[::-1]
    return np.concatenate(halves, axis=xs.ndim - 1)

def stacked_forward(xs, layers):
    while layers:
        xs, layers = lstm_states(xs, layers[0]), layers[1:]
    return xs
