import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -np.asarray(x, dtype=float)))


def layer(h_prev, x, W, b):
    return np.einsum("...j,ij->...i", np.concatenate((h_prev, x), -1), W) + b


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(layer(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    return sigmoid(layer(h_prev, x, W_i, b_i))


def candidate(h_prev, x, W_c, b_c):
    return np.tanh(layer(h_prev, x, W_c, b_c))


def output_gate(h_prev, x, W_o, b_o):
    return sigmoid(layer(h_prev, x, W_o, b_o))


def update_cell(c_prev, f, i, c_tilde):
    return np.einsum("k...,k...->...", np.stack([f, i]), np.stack([c_prev, c_tilde]))


def hidden_state(o, c):
    return np.einsum("...,...->...", o, np.tanh(c))
