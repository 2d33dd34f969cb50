"""The checks of ``cell``."""

import numpy as np

from autograder.checks.cases import BuildsOn, Case, compared
from autograder.checks.trial import Trial
from autograder.sandbox import Rng

LAYERS = "fico"


def init_params(trial: Trial):
    """Keys and shapes, biases, the bounds of the weights, and that they look uniform; draw order is free."""
    draw, seed = trial.draw, int(trial.draw.rng.integers(2**32))
    m, n = draw.m, draw.n
    shapes = {f"W_{layer}": (n, n + m) for layer in LAYERS} | {f"b_{layer}": (n,) for layer in LAYERS}
    answer = trial.call("the default forget bias", m, n, Rng(seed))
    biases(trial, "the default forget bias", answer, shapes, n, 1.0)
    forget_bias = float(np.round(draw.between(1.5, 4), 3))
    other = trial.call("another forget bias", m, n, Rng(seed), forget_bias)
    biases(trial, "another forget bias", other, shapes, n, forget_bias)

    m, n = 31, 40  # enough weights for their distribution to show
    large = trial.call("many units", m, n, Rng(seed))
    values = [answer_array(large, f"W_{layer}", (n, n + m)) for layer in LAYERS]
    for layer, W in zip(LAYERS, values, strict=True):
        text = "" if W is None else uniform_problem(W * np.sqrt(n))
        text = text or "" if W is not None else f"`params['W_{layer}']` is not an array of shape {(n, n + m)}."
        trial.part("many units", f"params['W_{layer}']", not text, text.format(name=f"params['W_{layer}']"))
    known = [W for W in values if W is not None]
    distinct = len(known) == 4 and len({W.tobytes() for W in known}) == 4
    trial.part("many units", "four different matrices", distinct, "The four weight matrices must be drawn one by one.")

    again = trial.call("the same generator state", 31, 40, Rng(seed))
    repeatable = large is not None and again is not None and same_params(large.value, again.value)
    text = "Drawn twice from the same state of `rng`, the parameters differ: take every number from `rng`."
    trial.part("the same generator state", "params", repeatable, text)
    other = trial.call("another generator state", 31, 40, Rng(seed + 1))
    fresh = large is not None and other is not None and not same_weights(large.value, other.value)
    text = "Another state of `rng` gave the same weights: they must be drawn from `rng`."
    trial.part("another generator state", "params", fresh, text)


def answer_array(answer, key, shape):
    value = answer.value.get(key) if answer is not None and isinstance(answer.value, dict) else None
    good = isinstance(value, np.ndarray) and value.shape == shape and value.dtype == np.float64
    return value if good else None


def biases(trial, case, answer, shapes, n, forget_bias):
    """Biases by value; of the weights the shape here, their values are judged by their distribution."""
    value = answer.value if answer is not None else None
    expected = {
        key: np.full(n, forget_bias if key == "b_f" else 0.0) if key.startswith("b") else value_of_weights(value, key, shape)
        for key, shape in shapes.items()
    }
    trial.compare(case, "params", answer, expected)


def value_of_weights(value, key, shape):
    """Weights are free within their bounds: those that came are expected, if they are such an array at all."""
    found = value.get(key) if isinstance(value, dict) else None
    limit = 1 / np.sqrt(shape[0])
    fits = isinstance(found, np.ndarray) and found.shape == shape and np.all(np.abs(found) <= limit * (1 + 1e-12))
    return found if fits and np.ptp(found) > 0 else np.full(shape, np.inf)


def uniform_problem(u) -> str:
    """What keeps many numbers from being uniform in [−1, 1]: a sentence with ``{name}``, or nothing."""
    if not np.all(np.isfinite(u)) or np.abs(u).max() > 1 + 1e-12:
        return "`{name}` goes beyond ±1/√n, where n is the number of hidden units."
    slack = 6 / np.sqrt(u.size)  # six standard errors, and a little more
    if np.abs(u).max() < 0.95:
        return "`{name}` does not fill ±1/√n, where n is the number of hidden units (not n + m, nor m)."
    if abs(u.mean()) > slack:
        return "`{name}` is not centred on 0."
    if abs(np.mean(np.abs(u) < 0.5) - 0.5) > slack or abs(u.var() - 1 / 3) > slack:
        return "`{name}` is within ±1/√n, but not uniform there."
    if np.unique(u).size < u.size // 2:
        return "`{name}` repeats its numbers: draw each weight anew."
    return ""


def same_weights(one, other) -> bool:
    keys = [f"W_{layer}" for layer in LAYERS]
    return all(key in one and key in other and np.array_equal(one[key], other[key]) for key in keys)


def same_params(one, other) -> bool:
    return isinstance(one, dict) and isinstance(other, dict) and same_weights(one, other)


def step(*batch_sizes, scale=1.0):
    """``(x, h_prev, c_prev, params)``; ``batch_sizes`` are names of the drawn sizes, or numbers."""
    return lambda draw: draw.step(*sizes(draw, batch_sizes), scale=scale)


def sequence(T, *batch_sizes, scale=1.0):
    return lambda draw: draw.sequence(*sizes(draw, (T, *batch_sizes)), scale=scale)


def sizes(draw, listed):
    return [getattr(draw, size) if isinstance(size, str) else size for size in listed]


def from_zeros(arguments):
    """The same with both states zero, as the course starts its sequences."""

    def drawn(draw):
        x, h, c, params = arguments(draw)
        return x, np.zeros_like(h), np.zeros_like(c), params

    return drawn


def with_own_cell(cell_forward):
    """The way through time with the student's own cell."""

    def lstm_forward(xs, h0, c0, params):
        h, c, hs, cs, caches = h0, c0, [], [], []
        for x in xs:
            h, c, cache = cell_forward(x, h, c, params)
            hs.append(h)
            cs.append(c)
            caches.append(cache)
        return np.stack(hs), np.stack(cs), caches

    return lstm_forward


CHECKS = {
    "init_params": init_params,
    "lstm_cell_forward": compared(
        "lstm_cell_forward",
        ("h", "c", "cache"),
        Case("one example", step()),
        Case("a batch", step("B")),
        Case("a batch of one", step(1), weight=0.5),
        Case("from zero states", from_zeros(step("B")), weight=0.5),
        Case("extreme pre-activations", step("B", scale=300.0), weight=0.5),
    ),
    "lstm_forward": compared(
        "lstm_forward",
        ("hs", "cs", "caches"),
        Case("one sequence", sequence("T")),
        Case("a batch of sequences", sequence("T", "B")),
        Case("a single step", sequence(1, "B"), weight=0.5),
        Case("from zero states", from_zeros(sequence("T", "B")), weight=0.5),
        Case("extreme pre-activations", sequence("T", "B", scale=300.0), weight=0.5),
        builds_on=BuildsOn("lstm_cell_forward", with_own_cell),
    ),
}
