import functools
import itertools
import numpy as np

def batched(function):
    """Gives the function rows, and takes the rows away again."""
    @functools.wraps(function)
    def wrapper(dh, dc, cache, params):
        if dh.ndim == 2:
            return function(dh, dc, cache, params)
        *states, grads = function(dh[None], dc[None], {k: v[None] for k, v in cache.items()}, params)
        return (*(s.squeeze(0) for s in states), grads)
    return wrapper

def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__, "is called")
        return function(*args, **kwargs)
    return wrapper

@logged
@batched
def lstm_cell_backward(dh, dc, cache, params):
    t = np.tanh(cache["c"])
    d = dc + dh * cache["o"] * (1 - t**2)

    def slopes():
        yield d * cache["c_prev"] * cache["f"] * (1 - cache["f"])
        yield d * cache["c_tilde"] * cache["i"] * (1 - cache["i"])
        yield d * cache["i"] * (1 - cache["c_tilde"] ** 2)
        yield dh * t * cache["o"] * (1 - cache["o"])

    hx = np.concatenate([cache["h_prev"], cache["x"]], axis=1)
    grads, dhx = {}, np.zeros(hx.shape)
    for k, dz in zip("fico", slopes()):
        grads.update({f"W_{k}": dz.T @ hx, f"b_{k}": np.ones(len(dz)) @ dz})
        dhx += dz @ params[f"W_{k}"]
    return dhx[:, t.shape[1]:], dhx[:, :t.shape[1]], d * cache["f"], grads

@logged
def lstm_backward(dhs, caches, params):
    def steps():
        dh = dc = np.zeros_like(dhs[0])
        for outside, cache in zip(reversed(dhs), reversed(caches)):
            result = lstm_cell_backward(outside + dh, dc, cache, params)
            dh, dc = result[1:3]
            yield result

    results = list(steps())
    *_, sums = itertools.accumulate((r[3] for r in results), lambda a, b: {k: a[k] + b[k] for k in a})
    return [r[0] for r in results][::-1], results[-1][1], results[-1][2], sums

def numerical_gradient(loss, array, eps=1e-5):
    def slopes():
        for index in itertools.product(*map(range, array.shape)):
            up, down = (array.copy() for _ in range(2))
            up[index], down[index] = array[index] + eps, array[index] - eps
            yield (loss(up) - loss(down)) / (up[index] - down[index] if False else 2 * eps)
    return np.fromiter(slopes(), dtype=float, count=array.size).reshape(array.shape)

def clip_gradients(grads, max_norm, *, norm_of=lambda values: sum((g**2).sum() for g in values) ** 0.5):
    norm = norm_of(grads.values())
    factors = itertools.repeat(min(1.0, max_norm / (norm or 1.0)) if norm > 0 else 1.0)
    return dict((k, g * factor) for (k, g), factor in zip(grads.items(), factors)), norm
