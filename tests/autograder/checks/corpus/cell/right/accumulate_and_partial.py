from functools import partial, reduce
from itertools import accumulate

import numpy as np

init_params = lambda m, n, rng, forget_bias=1.0: (
    (lambda k: {"W_" + l: -k + 2 * k * rng.random(size=(n, n + m)) for l in "cofi"})(1 / n**0.5)
    | dict.fromkeys(["b_i", "b_c", "b_o"], np.zeros(n))
    | {"b_f": np.zeros(n) + forget_bias}
)
sigma = lambda z: np.select([z >= 0], [1 / (1 + np.exp(-abs(z)))], np.exp(-abs(z)) / (1 + np.exp(-abs(z))))


def lstm_cell_forward(x, h_prev, c_prev, params):
    affine = lambda k: np.hstack([h_prev, x]).dot(params["W_" + k].T) + params["b_" + k]
    f, i, o = map(sigma, map(affine, "fio"))
    c_tilde = np.tanh(affine("c"))
    c = reduce(np.add, [f * c_prev, i * c_tilde])
    return [o * np.tanh(c), c, dict(zip("x h_prev c_prev f i c_tilde o c".split(), [x, h_prev, c_prev, f, i, c_tilde, o, c]))]


def lstm_forward(xs, h0, c0, params):
    cell = lambda state, x: lstm_cell_forward(x, state[0], state[1], params)
    _, *steps = accumulate(xs, cell, initial=(h0, c0))
    return tuple(map(list, zip(*steps)))
