import numpy as np


def sigmoid(x):
    x = np.array(x, dtype=">f8", order="F")
    half = x / 2
    result = np.zeros((2, *x.shape), order="F")
    result[1] = np.where(x < 0, np.exp(np.minimum(x, 0)), 1) / (1 + np.exp(-np.abs(half) * 2))
    return result[1]


def affine(h_prev, x, W, b):
    stacked = np.concatenate([h_prev.T, x.T])  # features first
    z = np.asfortranarray(W) @ stacked
    z = z + b.reshape(-1, *[1] * (z.ndim - 1))
    return z.T


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(affine(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    return sigmoid(affine(h_prev, x, W_i, b_i))[...]


def output_gate(h_prev, x, W_o, b_o):
    value = sigmoid(affine(h_prev, x, W_o, b_o))
    value.flags.writeable = False
    return value


def candidate(h_prev, x, W_c, b_c):
    return np.tanh(affine(h_prev, x, W_c, b_c))[::-1][::-1]


def update_cell(c_prev, f, i, c_tilde):
    both = np.empty((*c_prev.shape, 2))
    both[..., 0], both[..., 1] = f * c_prev, i * c_tilde
    return (both @ np.ones((2, 1)))[..., 0]


def hidden_state(o, c):
    return np.ma.masked_array(o * np.tanh(c), mask=False)
