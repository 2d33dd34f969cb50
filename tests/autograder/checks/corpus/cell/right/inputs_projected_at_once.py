import numpy as np

sigmoid = lambda z: 0.5 * (np.tanh(z / 2) + 1)


def init_params(m, n, rng, forget_bias=1.0):
    k = n**-0.5
    order = ("o", "c", "i", "f")  # drawn the other way round
    W = {f"W_{layer}": np.vstack([rng.uniform(-k, k, n + m) for _ in range(n)]) for layer in order}
    return {**W, "b_i": np.zeros((n,)), "b_c": np.zeros((n,)), "b_o": np.zeros((n,)), "b_f": np.ones((n,)) * forget_bias}


def step(zx, x, h, c, params, n):
    z = {k: zx[k] + h @ params["W_" + k][:, :n].T for k in "fico"}
    f, i, o, g = sigmoid(z["f"]), sigmoid(z["i"]), sigmoid(z["o"]), np.tanh(z["c"])
    new = i * g + f * c
    return o * np.tanh(new), new, dict(x=x, h_prev=h, c_prev=c, f=f, i=i, c_tilde=g, o=o, c=new)


def lstm_forward(xs, h0, c0, params):
    n = h0.shape[-1]
    zx = {k: xs @ params["W_" + k][:, n:].T + params["b_" + k] for k in "fico"}  # all steps at once
    hs, cs, caches = np.empty((len(xs), *h0.shape)), np.empty((len(xs), *h0.shape)), ()
    for t in range(len(xs)):
        h0, c0, cache = step({k: zx[k][t] for k in "fico"}, xs[t], h0, c0, params, n)
        hs[t, ...], cs[t, ...] = h0, c0
        caches += (cache,)
    return hs, cs, caches


def lstm_cell_forward(x, h_prev, c_prev, params):
    hs, cs, (cache,) = lstm_forward(x[np.newaxis], h_prev, c_prev, params)
    return hs[0], cs[0], cache
