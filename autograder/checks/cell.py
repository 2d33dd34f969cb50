"""The checks of ``cell``."""

from itertools import combinations

import numpy as np

from autograder.checks.cases import BuildsOn, Case, compared
from autograder.checks.compare import as_array
from autograder.checks.gates import EXTREME, MANY, narrow, sizes, square, wider
from autograder.checks.initial_params import LAYERS, character, equal_weights, looks_uniform
from autograder.checks.lasting import lasting
from autograder.checks.trial import Call, Trial
from autograder.sandbox import Rng

M, N = 31, 40  # sizes with enough weights for their distribution to show


def init_params(trial: Trial):
    """Keys, shapes and biases; then, of many weights, that they are uniform in their bounds and come from `rng`."""
    draw, seed = trial.draw, int(trial.draw.rng.integers(2**32))
    forget_bias = float(np.round(draw.between(1.5, 4), 3))
    for case, rest in (("the default forget bias", ()), ("another forget bias", (forget_bias,))):
        few_weights(trial, case, draw.m, draw.n, seed, *rest)
    many_weights(trial, seed)


def few_weights(trial, case, m, n, seed, forget_bias=1.0):
    """Biases by value; of the weights shapes and bounds alone."""
    rest = () if forget_bias == 1 else (forget_bias,)
    answer = trial.call(case, m, n, Rng(seed), *rest)
    expected = {}
    for layer in LAYERS:
        W = weights(answer, f"W_{layer}", (n, n + m))
        fits = W is not None and np.ptp(W) > 0 and np.abs(W).max() <= (1 + 1e-12) / np.sqrt(n)
        expected[f"W_{layer}"] = W if fits else np.full((n, n + m), np.inf)  # any numbers within the bounds will do
        expected[f"b_{layer}"] = np.full(n, forget_bias if layer == "f" else 0.0)
    right = trial.compare(case, "params", answer, expected)
    if answer is not None:

        def drawn(function):
            return character(function(m, n, np.random.default_rng(seed), *rest), m, n)

        trial.calls.append(Call(case, drawn, character(answer.value, m, n), right))


def many_weights(trial, seed):
    """The weights' distribution, and where they come from: drawn twice from one state of `rng`, once from another."""
    first = trial.call("many units", M, N, Rng(seed))
    matrices = {f"W_{layer}": weights(first, f"W_{layer}", (N, N + M)) for layer in LAYERS}
    judged = []
    for name, W in matrices.items():
        text = uniform_problem(name, W)
        judged.append(trial.part("many units", f"params['{name}']", not text, text))
    known = [W for W in matrices.values() if W is not None]
    text = "Some weights are equal, or each other's negative: draw the four matrices one by one, and each weight anew."
    judged.append(trial.part("many units", "the four matrices", len(known) == 4 and repeated(known) < 1e-3, text))

    again = trial.call("the same generator state", M, N, Rng(seed))
    other = trial.call("another generator state", M, N, Rng(seed + 1))
    params = [answer.value if answer is not None else None for answer in (first, again, other)]
    same, fixed = equal_weights(*params[:2]), equal_weights(params[0], params[2])
    text = "Drawn twice from the same state of `rng`, the parameters differ: take every number from `rng`."
    judged.append(trial.part("the same generator state", "params", bool(same) and all(same), text))
    text = "Another state of `rng` gave the same weights: they must be drawn from `rng`."
    judged.append(trial.part("another generator state", "params", bool(fixed) and not any(fixed), text))
    if all(isinstance(value, dict) for value in params):

        def drawn(function):
            return origin(*(function(M, N, np.random.default_rng(state)) for state in (seed, seed, seed + 1)))

        trial.calls.append(Call("many units", drawn, origin(*params), all(judged)))


def origin(first, again, other):
    """What diagnosis compares: the character of many weights, and which of them are equal: in one draw, and in two."""
    pairs = [np.array_equal(first.get(f"W_{a}"), first.get(f"W_{b}")) for a, b in combinations(LAYERS, 2)]
    flags = (pairs, equal_weights(first, again), equal_weights(first, other))
    return character(first, M, N), *(np.array(flag, dtype=float) for flag in flags)


def repeated(matrices) -> float:
    """The share of the weights that were there before, but for the sign."""
    sizes = np.abs(matrices).ravel()
    return 1 - np.unique(sizes).size / sizes.size


def weights(answer, name, shape):
    """Weights that came as a float64 array of this shape, or a list that is as good; else None."""
    params = answer.value if answer is not None else None
    array, _ = as_array(params.get(name) if isinstance(params, dict) else None)
    return array if array is not None and array.shape == shape and array.dtype == np.float64 else None


def uniform_problem(name, W) -> str:
    """What keeps many weights from being uniform in ±1/√n, in a sentence; nothing if they are that."""
    if W is None:
        return f"`params['{name}']` is not a float64 array of shape {(N, N + M)}."
    u = W * np.sqrt(len(W))
    if not np.abs(u).max() <= 1 + 1e-12:
        return f"`params['{name}']` goes beyond ±1/√n, where n is the number of hidden units."
    if np.abs(u).max() < 0.95:
        return f"`params['{name}']` does not fill ±1/√n, where n is the number of hidden units (not n + m, nor m)."
    if not looks_uniform(u):
        return f"`params['{name}']` is within ±1/√n, but not uniform there."
    return ""


def step(*batch_sizes, scale=1.0):
    """``(x, h_prev, c_prev, params)``; ``batch_sizes`` are names of the drawn sizes, or numbers."""
    return lambda draw: draw.step(*sizes(draw, batch_sizes), scale=scale)


def sequence(T, *batch_sizes, scale=1.0):
    return lambda draw: draw.sequence(*sizes(draw, (T, *batch_sizes)), scale=scale)


def from_zeros(arguments):
    """The same with both states zero, as the course starts its sequences."""

    def drawn(draw):
        x, h, c, params = arguments(draw)
        return x, np.zeros_like(h), np.zeros_like(c), params

    return drawn


def extreme(arguments):
    """The same with inputs so large that every gate is shut or open."""

    def drawn(draw):
        x, *rest = arguments(draw)
        return x * EXTREME, *rest

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
    "lstm_cell_forward": lasting(
        compared(
            "lstm_cell_forward",
            ("h", "c", "cache"),
            Case("one example", step()),
            Case("a batch", step("B")),
            Case("a batch of one", step(1), weight=0.5),
            Case("a large batch", wider(step(MANY)), weight=0.5),
            Case("from zero states", from_zeros(step("B")), weight=0.5),
            Case("extreme pre-activations", extreme(step(MANY)), weight=0.5),
            Case("one example of one unit", narrow(step()), weight=0.25),
            Case("as many examples as units", square(step("B")), weight=0.25),
        ),
        "lstm_cell_forward",
        ("h", "c", "cache"),
        step("B"),
    ),
    "lstm_forward": lasting(
        compared(
            "lstm_forward",
            ("hs", "cs", "caches"),
            Case("one sequence", sequence("T")),
            Case("a batch of sequences", sequence("T", "B")),
            Case("a single step", sequence(1, "B"), weight=0.5),
            Case("longer sequences", wider(sequence(9, "B")), weight=0.5),
            Case("from zero states", from_zeros(sequence("T", "B")), weight=0.5),
            Case("extreme pre-activations", extreme(sequence("T", "B")), weight=0.5),
            Case("a batch, one unit", narrow(sequence("T", "B")), weight=0.25),
            Case("as many examples as units", square(sequence("T", "B")), weight=0.25),
            builds_on=BuildsOn("lstm_cell_forward", with_own_cell),
        ),
        "lstm_forward",
        ("hs", "cs", "caches"),
        sequence("T", "B"),
    ),
}
