import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    p = {}
    a = 1.0 / np.sqrt(n)
    p["W_f"], p["W_i"], p["W_c"], p["W_o"] = rng.uniform(low=-a, high=a, size=(4, n, n + m))
    p["b_f"], p["b_i"], p["b_c"], p["b_o"] = np.outer([1, 0, 0, 0], np.ones(n)) * forget_bias
    return p


def sig(z):
    return np.where(z > 0, 1, np.exp(np.minimum(z, 0))) / (1 + np.exp(-np.abs(z)))


def lstm_cell_forward(x, h_prev, c_prev, params):
    single = x.ndim == 1
    X, H, C = (np.atleast_2d(a).T for a in (x, h_prev, c_prev))  # one example per column
    Z = np.vstack([H, X])
    col = {k: v.reshape(-1, 1) for k, v in params.items() if k.startswith("b")}
    F = sig(params["W_f"] @ Z + col["b_f"])
    I = sig(params["W_i"] @ Z + col["b_i"])
    G = np.tanh(params["W_c"] @ Z + col["b_c"])
    O = sig(params["W_o"] @ Z + col["b_o"])
    Cn = F * C + I * G
    back = (lambda A: A[:, 0]) if single else (lambda A: A.T)
    cache = {k: back(v) for k, v in dict(x=X, h_prev=H, c_prev=C, f=F, i=I, c_tilde=G, o=O, c=Cn).items()}
    return back(O * np.tanh(Cn)), back(Cn), cache


def lstm_forward(xs, h0, c0, params):
    hs = np.zeros(xs.shape[:-1] + (h0.shape[-1],), order="F")
    cs = np.zeros_like(hs)
    caches = []
    t = 0
    while t < xs.shape[0]:
        before = (h0, c0) if t == 0 else (hs[t - 1], cs[t - 1])
        hs[t], cs[t], cache = lstm_cell_forward(xs[t], *before, params)
        caches.append(cache)
        t += 1
    return hs, cs, caches
