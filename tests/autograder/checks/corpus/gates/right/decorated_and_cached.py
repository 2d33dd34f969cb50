import functools
import math
import warnings

import numpy as np

warnings.warn("a student's warning")


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@functools.lru_cache(maxsize=None)
def one(x):
    return 0.0 if x < -745 else 1 / (1 + math.exp(-x)) if x > -700 else math.exp(x)


@functools.singledispatch
def sigmoid(x):
    return one(float(x))


@sigmoid.register(list)
@sigmoid.register(np.ndarray)
def _(x):
    x = np.asarray(x, dtype=float)
    return np.array(list(map(one, x.flat)), dtype=float).reshape(x.shape)


@counted
def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(np.matmul(np.concatenate([h_prev, x], axis=h_prev.ndim - 1), W_f.T) + b_f)


@counted
def input_gate(h_prev, x, W_i, b_i):
    return forget_gate(h_prev, x, W_i, b_i)


def squashed_by(function):
    return lambda affine: lambda *arguments: function(affine(*arguments))


@squashed_by(np.tanh)
def candidate(h_prev, x, W_c, b_c):
    return np.tensordot(np.concatenate([h_prev, x], axis=-1), W_c, axes=(-1, 1)) + b_c


@squashed_by(sigmoid)
def output_gate(h_prev, x, W_o, b_o):
    return np.apply_along_axis(lambda z: W_o.dot(z) + b_o, -1, np.concatenate([h_prev, x], axis=-1))


@counted
def update_cell(c_prev, f, i, c_tilde):
    return c_prev - (1 - f) * c_prev + i * c_tilde


@counted
def hidden_state(o, c):
    e = np.exp(-2 * np.abs(c))
    return o * np.sign(c) * (1 - e) / (1 + e)
