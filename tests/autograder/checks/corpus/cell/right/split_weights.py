import numpy as np


def init_params(m, n, rng, forget_bias=1.0):
    def layer():
        U, V = rng.uniform(-1, 1, (n, n)), rng.uniform(-1, 1, (n, m))
        return np.hstack((U, V)) / np.sqrt(n)

    return dict(W_f=layer(), W_i=layer(), W_c=layer(), W_o=layer(), b_f=np.array([forget_bias] * n, dtype=float),
                b_i=np.zeros(n), b_c=np.zeros(n), b_o=np.zeros(n))  # fmt: skip


def lstm_cell_forward(x, h_prev, c_prev, params):
    n = c_prev.shape[-1]

    def pre(layer):
        W = params[f"W_{layer}"]
        return np.matmul(h_prev, W[:, :n].T) + np.matmul(x, W[:, n:].T) + params[f"b_{layer}"]

    def sigma(z):
        return 0.5 + 0.5 * np.tanh(0.5 * z)

    f, i, o = sigma(pre("f")), sigma(pre("i")), sigma(pre("o"))
    c_tilde = np.tanh(pre("c"))
    c = np.sum([f * c_prev, i * c_tilde], axis=0)
    h = np.prod([o, np.tanh(c)], axis=0)
    return (h, c, {"h_prev": h_prev, "x": x, "c_prev": c_prev, "c": c, "o": o, "f": f, "i": i, "c_tilde": c_tilde, "h": h})


def lstm_forward(xs, h0, c0, params):
    state = {"h": h0, "c": c0}
    outputs = []
    for t in range(np.shape(xs)[0]):
        state["h"], state["c"], cache = lstm_cell_forward(xs[t], state["h"], state["c"], params)
        outputs.append((state["h"], state["c"], cache))
    return np.array([o[0] for o in outputs]), np.array([o[1] for o in outputs]), tuple(o[2] for o in outputs)
