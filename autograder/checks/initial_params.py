"""Parameters without the chances of their draw: how one compares those of two programs that draw in another order."""

import numpy as np

from autograder.checks.compare import as_array

LAYERS = "fico"
FEW = 300  # numbers, and fewer, that do not show their distribution


def character(params, m, n):
    """Biases by value, weights by their distribution in words; m features, n units."""
    if not isinstance(params, dict):
        return params
    found = {"keys": " ".join(sorted(key for key in params if key[:2] in ("W_", "b_")))}
    for key in (f"{kind}_{layer}" for layer in LAYERS for kind in "Wb"):
        array, problem = as_array(params.get(key))
        if problem:
            found[key] = problem
        elif array.ndim == 1 and array.size and np.ptp(array) == 0:
            found[key] = array
        else:
            found[key] = f"{array.dtype} {array.shape}, {distribution(array, m, n) if array.size > FEW else 'few'}"
    return found


def distribution(W, m, n) -> str:
    """Many numbers' distribution in words, or the first of them where no word fits."""
    low, high = W.min(), W.max()
    if low == high:
        return f"constant, {named(low, m, n)}"
    if looks_uniform((2 * W - low - high) / (high - low)):
        return f"uniform, from {named(low, m, n)} to {named(high, m, n)}"
    if abs(W.mean()) < 0.1 * W.std() and abs(np.mean(np.abs(W)) / W.std() - np.sqrt(2 / np.pi)) < 0.02:
        return f"normal, {named(W.std(), m, n)}"
    return repr(W.flat[0])


def looks_uniform(u) -> bool:
    """Whether many numbers look uniform in [−1, 1]: three means of theirs do, each within six standard errors."""
    slack = 6 / np.sqrt(u.size)
    return (
        abs(np.mean(u)) < slack * np.sqrt(1 / 3)
        and abs(np.mean(np.abs(u) < 0.5) - 1 / 2) < slack * 1 / 2
        and abs(np.mean(u**2) - 1 / 3) < slack * np.sqrt(4 / 45)
    )


def named(value, m, n) -> str:
    """A number by the name of the usual bound that it is near to, if there is one."""
    bounds = {
        "1/√n": n**-0.5,
        "1/√m": m**-0.5,
        "1/√(n+m)": (n + m) ** -0.5,
        "1/n": 1 / n,
        "1/m": 1 / m,
        "1/(n+m)": 1 / (n + m),
        "√n": n**0.5,
        "√(6/(2n+m))": (6 / (2 * n + m)) ** 0.5,
        "√(2/(n+m))": (2 / (n + m)) ** 0.5,
        **{str(bound): bound for bound in (1, 0.5, 0.1, 0.05, 0.01)},
    }
    if abs(value) < 1e-3:
        return "0"
    near = [name for name, bound in bounds.items() if abs(abs(value) / bound - 1) < 0.025]
    return ("−" if value < 0 else "") + near[0] if near else repr(float(value))


def equal_weights(one, other) -> list[bool]:
    """For each of the four matrices whether it was drawn alike in two calls; empty if one of them has not all."""
    keys = [f"W_{layer}" for layer in LAYERS]
    if not all(isinstance(params, dict) and key in params for params in (one, other) for key in keys):
        return []
    return [np.array_equal(one[key], other[key]) for key in keys]
