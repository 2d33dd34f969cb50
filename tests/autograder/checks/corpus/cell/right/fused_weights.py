import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    W = (2 * rng.random((4 * n, n + m)) - 1) / np.sqrt(n)
    b = np.zeros(4 * n)
    b[:n] = forget_bias
    keys = "fico"
    return {f"W_{k}": part for k, part in zip(keys, np.split(W, 4))} | {f"b_{k}": part for k, part in zip(keys, np.split(b, 4))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell_forward(x, h_prev, c_prev, params):
    W = np.concatenate([params[f"W_{k}"] for k in "fico"])
    b = np.concatenate([params[f"b_{k}"] for k in "fico"])
    z = np.concatenate([h_prev, x], axis=-1) @ W.T + b
    f, i, g, o = np.split(z, 4, axis=-1)
    f, i, o = sigmoid(f), sigmoid(i), sigmoid(o)
    g = np.tanh(g)
    c = f * c_prev + i * g
    tanh_c = np.tanh(c)
    cache = {"x": x, "h_prev": h_prev, "c_prev": c_prev, "f": f, "i": i, "c_tilde": g, "o": o, "c": c, "tanh_c": tanh_c, "z": z}
    return o * tanh_c, c, cache


def lstm_forward(xs, h0, c0, params):
    T = xs.shape[0]
    hs, cs = np.zeros((T + 1, *h0.shape)), np.zeros((T + 1, *c0.shape))
    hs[0], cs[0] = h0, c0
    caches = [None] * T
    for t in range(T):
        hs[t + 1], cs[t + 1], caches[t] = lstm_cell_forward(xs[t], hs[t], cs[t], params)
    return hs[1:], cs[1:], caches
