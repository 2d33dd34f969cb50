import numpy as np


def sigmoid(x):
    x = np.asarray(x) * 1.0
    return np.select([x >= 0, x < 0], [1 / (1 + np.exp(-np.maximum(x, 0))), np.exp(np.minimum(x, 0)) / (1 + np.exp(np.minimum(x, 0)))])


def affine(h_prev, x, W, b):
    ones = np.ones((*h_prev.shape[:-1], 1))
    return np.block([h_prev, x, ones]) @ np.column_stack([W, b]).T


def forget_gate(h_prev, x, W_f, b_f, *, squash=sigmoid):
    return squash(affine(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i, /, *, squash=sigmoid):
    return squash(affine(h_prev, x, W_i, b_i))


def candidate(h_prev, x, W_c, b_c, *, squash=np.tanh):
    return squash(affine(h_prev, x, W_c, b_c))


output_gate = input_gate


def update_cell(c_prev, f, i, c_tilde):
    c = c_prev.copy()
    c *= f
    c += i * c_tilde
    return c


def hidden_state(o, c):
    h = np.tanh(c)
    np.multiply(h, o, out=h)
    return h
