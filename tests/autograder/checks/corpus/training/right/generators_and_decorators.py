import functools
import numpy as np

def as_array(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return np.array(list(function(*args, **kwargs)))[::-1]
    return wrapper

@as_array
def gradient_highway(fs):
    product = np.ones(fs.shape[-1])
    for f in reversed(fs):
        yield product
        product = product * f

def each(function):
    """Runs a rule for one array over a dict of them."""
    @functools.wraps(function)
    def wrapper(params, grads, state, *settings, **named):
        state = state if state is not None else {k: (0, 0.0, 0.0) for k in params}
        results = {k: function(p, grads[k], state[k], *settings, **named) for k, p in params.items()}
        return {k: new for k, (new, _) in results.items()}, {k: kept for k, (_, kept) in results.items()}
    return wrapper

@each
def adam_step(p, g, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t, m, v = state
    t, m, v = t + 1, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return p - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), (t, m, v)
