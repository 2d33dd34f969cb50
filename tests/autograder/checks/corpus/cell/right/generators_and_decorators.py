import functools
import typing

import numpy as np


class Result(typing.NamedTuple):
    h: np.ndarray
    c: np.ndarray
    cache: dict


def printed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__, args)
        return function(*args, **kwargs)

    return wrapper


@printed
def init_params(m, n, rng, forget_bias=1.0, *, scale=None):
    scale = scale or np.sqrt(n)
    weights = ((f"W_{k}", rng.uniform(-1.0, 1.0, size=(n, n + m)) / scale) for k in "fico")
    biases = ((f"b_{k}", np.zeros(n) + (k == "f") * forget_bias) for k in "fico")
    return dict(weights) | dict(biases)


@printed
def lstm_cell_forward(x, h_prev, c_prev, params) -> Result:
    with np.errstate(all="ignore"):
        hx = np.concatenate([h_prev, x], axis=-1)
        f, i, o = (1 / (1 + np.exp(-(hx @ params["W_" + k].T + params["b_" + k]))) for k in "fio")
        c_tilde = np.tanh(hx @ params["W_c"].T + params["b_c"])
        c = f * c_prev + i * c_tilde
    return Result(o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c, hx=hx))


def steps(xs, h, c, params):
    for x in xs:
        result = lstm_cell_forward(x, h, c, params)
        h, c = result.h, result.c
        yield result


@printed
def lstm_forward(xs, h0, c0, params):
    results = list(steps(iter(xs), h0, c0, params))
    return np.array([r.h for r in results]), np.array([r.c for r in results]), [r.cache for r in results]
