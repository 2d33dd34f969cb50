import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


_sigma = sigmoid


def forget_gate(h_prev, x, W_f, b_f):
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f)


def input_gate(h_prev, x, W_i, b_i):
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W_i.T + b_i)


def candidate(h_prev, x, W_c, b_c):
    return np.tanh(np.concatenate([h_prev, x], axis=-1) @ W_c.T + b_c)


def update_cell(c_prev, f, i, c_tilde):
    return f * c_prev + i * c_tilde


def output_gate(h_prev, x, W_o, b_o):
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W_o.T + b_o)


def hidden_state(o, c):
    return o * np.tanh(c)
