import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * np.array(x, dtype=np.float64)))


def columns(h_prev, x, W, b, squash):
    if h_prev.ndim == 2:
        return np.vstack([columns(h_prev[k], x[k], W, b, squash) for k in range(h_prev.shape[0])])
    h, x = h_prev.reshape(-1, 1), x.reshape(-1, 1)
    return squash(np.dot(W, np.vstack((h, x))) + b.reshape(-1, 1)).flatten()


def forget_gate(h, x, W, b):
    return columns(h, x, W, b, sigmoid)


def input_gate(h, x, W, b):
    return columns(h, x, W, b, sigmoid)


def candidate(h, x, W, b):
    return columns(h, x, W, b, np.tanh)


def output_gate(h, x, W, b):
    return columns(h, x, W, b, sigmoid)


def update_cell(C, forget, inp, new):
    return np.add(np.multiply(forget, C), np.multiply(inp, new))


def hidden_state(out, C):
    return np.multiply(out, np.tanh(C))
