from collections import ChainMap, OrderedDict, UserDict, defaultdict
from types import MappingProxyType

import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    params = UserDict()
    for layer in "fico":
        params["W_" + layer] = rng.uniform(-(n**-0.5), n**-0.5, (n, n + m))
        params["b_" + layer] = np.zeros(n) if layer != "f" else np.zeros(n) + forget_bias
        params["U_" + layer] = params["W_" + layer][:, :n]
    return params


def lstm_cell_forward(x, h_prev, c_prev, params):
    z = defaultdict(lambda: None, {k: np.c_[np.atleast_2d(h_prev), np.atleast_2d(x)] @ params["W_" + k].T + params["b_" + k] for k in "fico"})
    a = OrderedDict((k, (np.tanh(z[k]) if k == "c" else (1 + np.tanh(z[k] / 2)) / 2).reshape(h_prev.shape)) for k in z)
    c = a["f"] * c_prev + a["i"] * a["c"]
    inputs = MappingProxyType({"x": x, "h_prev": h_prev, "c_prev": c_prev})
    cache = ChainMap({"f": a["f"], "i": a["i"], "c_tilde": a["c"], "o": a["o"], "c": c}, inputs)
    return a["o"] * np.tanh(c), c, cache


def lstm_forward(xs, h0, c0, params):
    caches, h, c = {}, h0, c0
    for t, x in enumerate(xs):
        h, c, caches[t] = lstm_cell_forward(x, h, c, params)
    cs = np.stack([cache["c"] for cache in caches.values()])
    hs = np.stack([cache["o"] for cache in caches.values()]) * np.tanh(cs)
    return hs, cs, list(caches.values())
