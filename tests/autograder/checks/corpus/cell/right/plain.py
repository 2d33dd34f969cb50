import numpy as np


def _sigma(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def init_params(m, n, rng, forget_bias=1.0):
    bound = 1 / np.sqrt(n)
    params = {}
    for layer in "fico":
        params[f"W_{layer}"] = rng.uniform(-bound, bound, size=(n, n + m))
        params[f"b_{layer}"] = np.zeros(n)
    params["b_f"] += forget_bias
    return params


def _cell(x, h_prev, c_prev, params):
    z = np.concatenate([h_prev, x], axis=-1)
    f = _sigma(z @ params["W_f"].T + params["b_f"])
    i = _sigma(z @ params["W_i"].T + params["b_i"])
    c_tilde = np.tanh(z @ params["W_c"].T + params["b_c"])
    o = _sigma(z @ params["W_o"].T + params["b_o"])
    c = f * c_prev + i * c_tilde
    h = o * np.tanh(c)
    return h, c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)


lstm_cell_forward = _cell


def lstm_forward(xs, h0, c0, params):
    h, c = h0, c0
    hs, cs, caches = [], [], []
    for x in xs:
        h, c, cache = _cell(x, h, c, params)
        hs.append(h)
        cs.append(c)
        caches.append(cache)
    return np.array(hs), np.array(cs), caches
