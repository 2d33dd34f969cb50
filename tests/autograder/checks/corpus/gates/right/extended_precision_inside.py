import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.longdouble)
    e = np.exp(-np.abs(x))
    return np.float64(np.where(x >= 0, 1, e) / (1 + e))


def affine(h_prev, x, W, b):
    z = np.concatenate([h_prev, x], axis=-1).astype(np.longdouble)
    return (z[..., None, :] * W).sum(axis=-1) + b


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(affine(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    return sigmoid(affine(h_prev, x, W_i, b_i))


def candidate(h_prev, x, W_c, b_c):
    return np.tanh(affine(h_prev, x, W_c, b_c)).astype(float)


def output_gate(h_prev, x, W_o, b_o):
    return sigmoid(affine(h_prev, x, W_o, b_o))


def update_cell(c_prev, f, i, c_tilde):
    return np.float64(np.longdouble(f) * c_prev + np.longdouble(i) * c_tilde)


def hidden_state(o, c):
    return (o * np.tanh(c.astype(np.longdouble))).astype("float64")
