from numpy import *


def sigmoid(x):
    x = clip(array(x, dtype=float), -500, 500)
    return 1 / (1 + exp(-x))


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(dot(hstack([h_prev, x]), W_f.T) + b_f)


def input_gate(h_prev, x, W_i, b_i):
    return sigmoid(dot(hstack([h_prev, x]), W_i.T) + b_i)


def candidate(h_prev, x, W_c, b_c):
    return tanh(dot(hstack([h_prev, x]), W_c.T) + b_c)


def output_gate(h_prev, x, W_o, b_o):
    return sigmoid(dot(hstack([h_prev, x]), W_o.T) + b_o)


def update_cell(c_prev, f, i, c_tilde):
    return sum([f * c_prev, i * c_tilde], axis=0)


def hidden_state(o, c):
    return prod([o, tanh(c)], axis=0)
