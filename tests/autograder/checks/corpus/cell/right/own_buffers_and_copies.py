import copy

import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    params = {}
    for layer in ["c", "f", "i", "o"]:
        W = np.empty((n, n + m))
        for row in range(n):
            for column in range(n + m):
                W[row, column] = rng.uniform(-1 / np.sqrt(n), 1 / np.sqrt(n))
        params["W_" + layer] = W
        params["b_" + layer] = np.zeros(n)
    params["b_f"][:] = forget_bias
    return copy.deepcopy(params)


def sigmoid_(z):
    np.clip(z, -700, 700, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.reciprocal(z, out=z)
    return z


def lstm_cell_forward(x, h_prev, c_prev, params):
    x, h_prev, c_prev = x.copy(), h_prev.copy(), c_prev.copy()
    params = copy.deepcopy(params)
    z = np.concatenate([h_prev, x], axis=-1)
    f = sigmoid_(z @ params["W_f"].T + params["b_f"])
    i = sigmoid_(z @ params["W_i"].T + params["b_i"])
    o = sigmoid_(z @ params["W_o"].T + params["b_o"])
    g = z @ params["W_c"].T
    g += params.pop("b_c")
    np.tanh(g, out=g)
    c = c_prev.copy()
    c *= f
    c += i * g
    h = np.tanh(c)
    h *= o
    return h, c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=g, o=o, c=c)


def lstm_forward(xs, h0, c0, params):
    h, c = np.array(h0), np.array(c0)
    hs, cs, caches = [], [], []
    for x in xs:
        h[...], c[...], cache = lstm_cell_forward(x, h, c, params)
        hs.append(h.copy())
        cs.append(c.copy())
        caches.append(cache)
    hs, cs = np.array(hs), np.array(cs)
    hs.flags.writeable = cs.flags.writeable = False
    return hs, cs, caches
