import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    children = rng.spawn(4)
    limit = np.sqrt(1.0 / n)
    return dict(
        W_f=children[0].uniform(-limit, limit, (n, m + n)), b_f=np.repeat(float(forget_bias), n),
        W_i=children[1].uniform(-limit, limit, (n, m + n)), b_i=np.repeat(0.0, n),
        W_c=children[2].uniform(-limit, limit, (n, m + n)), b_c=np.repeat(0.0, n),
        W_o=children[3].uniform(-limit, limit, (n, m + n)), b_o=np.repeat(0.0, n),
    )  # fmt: skip


def lstm_cell_forward(x, h_prev, c_prev, params):
    def gate(k):
        z = np.einsum("ij,...j->...i", params["W_" + k], np.concatenate([h_prev, x], -1)) + params["b_" + k]
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-z)) if k != "c" else np.tanh(z)

    cache = {"f": gate("f"), "i": gate("i"), "c_tilde": gate("c"), "o": gate("o"), "x": x, "h_prev": h_prev, "c_prev": c_prev}
    cache["c"] = cache["f"] * c_prev + cache["i"] * cache["c_tilde"]
    return cache["o"] * np.tanh(cache["c"]), cache["c"], cache


def lstm_forward(xs, h0, c0, params):
    if len(xs) == 0:
        return np.empty((0, *h0.shape)), np.empty((0, *c0.shape)), []
    h, c, cache = lstm_cell_forward(xs[0], h0, c0, params)
    hs, cs, caches = lstm_forward(xs[1:], h, c, params)
    return np.concatenate([[h], hs]), np.concatenate([[c], cs]), [cache, *caches]
