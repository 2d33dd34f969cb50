import numpy as np
from collections import defaultdict, namedtuple

def gradient_highway(fs):
    row, rows = np.ones(fs[0].shape), []
    for f in fs[::-1]:
        rows, row = [row, *rows], row * f
    return tuple(rows)

Adam = namedtuple("Adam", "t m v", defaults=(0, defaultdict(float), defaultdict(float)))

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    state = state or Adam()
    state = state._replace(
        t=state.t + 1,
        m=defaultdict(float, {k: beta1 * state.m[k] + (1 - beta1) * g for k, g in grads.items()}),
        v=defaultdict(float, {k: beta2 * state.v[k] + (1 - beta2) * g**2 for k, g in grads.items()}),
    )
    return defaultdict(
        None,
        {
            k: p - lr * state.m[k] / (1 - beta1**state.t) / (np.sqrt(state.v[k] / (1 - beta2**state.t)) + eps)
            for k, p in params.items()
        },
    ), state
