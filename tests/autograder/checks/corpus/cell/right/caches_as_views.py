import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    everything = rng.uniform(-1 / np.sqrt(n), 1 / np.sqrt(n), size=(4, n, n + m + 1))
    everything[..., -1] = 0
    everything[0, :, -1] = forget_bias
    return {f"W_{k}": everything[j, :, :-1] for j, k in enumerate("fico")} | {f"b_{k}": everything[j, :, -1] for j, k in enumerate("fico")}


def squash(z):
    """Three gates and the candidate, which stands third; stacked along the first axis."""
    a = np.tanh(z * np.reshape([0.5, 0.5, 1, 0.5], (4, *[1] * (z.ndim - 1))))
    a[[0, 1, 3]] = (a[[0, 1, 3]] + 1) / 2
    return a


def lstm_forward(xs, h0, c0, params, verbose=False):
    T, n = len(xs), h0.shape[-1]
    W, b = np.stack([params[f"W_{k}"] for k in "fico"]), np.stack([params[f"b_{k}"] for k in "fico"])
    gates = np.empty((T, 4, *h0.shape))
    hs, cs = np.empty((T + 1, *h0.shape)), np.empty((T + 1, *h0.shape))
    hs[0], cs[0] = h0, c0
    for t in range(T):
        z = np.tensordot(W, np.concatenate([hs[t], xs[t]], axis=-1), axes=(2, -1))  # (4, n) or (4, n, B)
        gates[t] = squash(np.moveaxis(z, 1, -1) + b.reshape(4, *[1] * (h0.ndim - 1), n))
        f, i, c_tilde, o = gates[t]
        cs[t + 1] = f * cs[t] + i * c_tilde
        hs[t + 1] = o * np.tanh(cs[t + 1])
    caches = [
        dict(x=xs[t], h_prev=hs[t], c_prev=cs[t], f=gates[t, 0], i=gates[t, 1], c_tilde=gates[t, 2], o=gates[t, 3], c=cs[t + 1])
        for t in range(T)
    ]
    return hs[1:], cs[1:], caches


def lstm_cell_forward(x, h_prev, c_prev, params):
    return tuple(results[0] for results in lstm_forward(x[None], h_prev, c_prev, params))
