import math

import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    params = {}
    for letter in ("f", "i", "c", "o"):
        params["W_" + letter] = (rng.random((n + m, n)).T - 0.5) * 2 * math.sqrt(1 / n)
        params["b_" + letter] = [0.0 for _ in range(n)]
    params["b_f"] = [float(forget_bias)] * n
    return params


def sigmoid(z):
    try:
        return 1.0 / (1.0 + math.exp(-z))
    except OverflowError:
        return 0.0


def lstm_cell_forward(x, h_prev, c_prev, params):
    n, m = h_prev.shape[-1], x.shape[-1]
    names = ("f", "i", "c_tilde", "o", "c", "h")
    values = {name: np.zeros(h_prev.shape) for name in names}
    for index in np.ndindex(h_prev.shape):
        *row, unit = index
        row = tuple(row)
        z = {}
        for letter in "fico":
            total = params["b_" + letter][unit]
            for j in range(n):
                total += params["W_" + letter][unit, j] * h_prev[row + (j,)]
            for j in range(m):
                total += params["W_" + letter][unit, n + j] * x[row + (j,)]
            z[letter] = total
        f, i, o, c_tilde = sigmoid(z["f"]), sigmoid(z["i"]), sigmoid(z["o"]), math.tanh(z["c"])
        c = f * c_prev[index] + i * c_tilde
        for name, value in zip(names, (f, i, c_tilde, o, c, o * math.tanh(c))):
            values[name][index] = value
    h = values.pop("h")
    return h, values["c"], {"x": x, "h_prev": h_prev, "c_prev": c_prev, **values}


def lstm_forward(xs, h0, c0, params):
    T = len(xs)
    hs, cs, caches = [0] * T, [0] * T, [0] * T
    for t in range(T):
        before = (hs[t - 1], cs[t - 1]) if t > 0 else (h0, c0)
        hs[t], cs[t], caches[t] = lstm_cell_forward(xs[t], *before, params)
    return np.asarray(hs), np.asarray(cs), caches
