import numpy as np


def sigmoid(x):
    x = np.array(x, dtype=float)
    y = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        y[index] = 1 / (1 + np.exp(-x[index])) if x[index] > 0 else 1 - 1 / (1 + np.exp(x[index]))
    return y


def layer(h_prev, x, W, b):
    rows_h, rows_x = np.atleast_2d(h_prev), np.atleast_2d(x)
    n, m = rows_h.shape[1], rows_x.shape[1]
    z = np.zeros((len(rows_h), n))
    for k in range(len(rows_h)):
        for unit in range(n):
            z[k, unit] = b[unit]
            for j in range(n):
                z[k, unit] += W[unit, j] * rows_h[k, j]
            for j in range(m):
                z[k, unit] += W[unit, n + j] * rows_x[k, j]
    return z if h_prev.ndim == 2 else z[0]


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(layer(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    return sigmoid(layer(h_prev, x, W_i, b_i))


def candidate(h_prev, x, W_c, b_c):
    z = layer(h_prev, x, W_c, b_c)
    return 2 * sigmoid(2 * z) - 1


def output_gate(h_prev, x, W_o, b_o):
    return sigmoid(layer(h_prev, x, W_o, b_o))


def update_cell(c_prev, f, i, c_tilde):
    c = np.zeros_like(c_prev)
    for k, _ in np.ndenumerate(c):
        c[k] = f[k] * c_prev[k] + i[k] * c_tilde[k]
    return c


def hidden_state(o, c):
    return o * (2 / (1 + np.exp(np.clip(-2 * c, -700, 700))) - 1)
