import math

import numpy as np


@np.vectorize
def sigmoid(x):
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


tanh = np.vectorize(math.tanh, otypes=[float])


@np.vectorize(signature="(n),(m),(n,k),(n)->(n)")
def affine(h_prev, x, W, b):
    return W @ np.r_[h_prev, x] + b


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(affine(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    return sigmoid(affine(h_prev, x, W_i, b_i))


def output_gate(h_prev, x, W_o, b_o):
    return sigmoid(affine(h_prev, x, W_o, b_o))


def candidate(h_prev, x, W_c, b_c):
    return tanh(affine(h_prev, x, W_c, b_c))


@np.vectorize
def update_cell(c_prev, f, i, c_tilde):
    return float(f) * float(c_prev) + float(i) * float(c_tilde)


@np.vectorize
def hidden_state(o, c):
    return o * math.tanh(c)
