import math

import numpy as np


class Matrix:
    def __init__(self, rows):
        self.rows = [list(map(float, row)) for row in rows]

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __matmul__(self, other):
        columns = other.T.rows
        return Matrix([[math.fsum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def __add__(self, row):
        return Matrix([[a + b for a, b in zip(mine, row)] for mine in self.rows])

    def map(self, function):
        return Matrix([[function(a) for a in row] for row in self.rows])


def scalar_sigmoid(x):
    e = math.exp(-abs(x))
    return (1 if x >= 0 else e) / (1 + e)


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.array([scalar_sigmoid(v) for v in x.ravel()]).reshape(x.shape)


def layer(h_prev, x, W, b, function):
    batch = h_prev.ndim == 2
    rows = Matrix(np.column_stack([h_prev, x]) if batch else [[*h_prev, *x]])
    result = (rows @ Matrix(W).T + b).map(function)
    return np.array(result.rows if batch else result.rows[0])


def forget_gate(h_prev, x, W_f, b_f):
    return layer(h_prev, x, W_f, b_f, scalar_sigmoid)


def input_gate(h_prev, x, W_i, b_i):
    return layer(h_prev, x, W_i, b_i, scalar_sigmoid)


def candidate(h_prev, x, W_c, b_c):
    return layer(h_prev, x, W_c, b_c, math.tanh)


def output_gate(h_prev, x, W_o, b_o):
    return layer(h_prev, x, W_o, b_o, scalar_sigmoid)


def update_cell(c_prev, f, i, c_tilde):
    return np.array([fi * ci + ii * ni for ci, fi, ii, ni in zip(c_prev, f, i, c_tilde)])


def hidden_state(o, c):
    return [gate * np.tanh(cell) for gate, cell in zip(o, c)]
