import numpy as np


def sigmoid(x):
    def values(items):
        for item in items:
            yield sigmoid(item) if np.ndim(item) else one(item)

    def one(v):
        return float(1 / (1 + np.exp(-np.float64(v)))) if v > -30 else float(np.exp(np.float64(v)))

    return list(values(x)) if np.ndim(x) else one(x)


def dot(a, b):
    if len(a) == 1:
        return a[0] * b[0]
    half = len(a) // 2
    return dot(a[:half], b[:half]) + dot(a[half:], b[half:])


def layer(squash, h_prev, x, W, b):
    if np.ndim(h_prev) > 1:
        return list(layer(squash, h, row, W, b) for h, row in zip(h_prev, x))
    z = np.r_[h_prev, x]
    return list(squash(dot(row, z) + shift) for row, shift in zip(W, b))


def forget_gate(h_prev, x, W_f, b_f):
    return tuple(layer(sigmoid, h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    return layer(sigmoid, h_prev, x, W_i, b_i)


def candidate(h_prev, x, W_c, b_c):
    return layer(np.tanh, h_prev, x, W_c, b_c)


def output_gate(h_prev, x, W_o, b_o):
    return layer(sigmoid, h_prev, x, W_o, b_o)


def update_cell(c_prev, f, i, c_tilde):
    if np.ndim(c_prev):
        return [update_cell(*items) for items in zip(c_prev, f, i, c_tilde)]
    return f * c_prev + i * c_tilde


def hidden_state(o, c):
    return [hidden_state(*pair) for pair in zip(o, c)] if np.ndim(o) else o * np.tanh(c)
