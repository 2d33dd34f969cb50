"""The checks of ``gates``."""

import copy

import numpy as np

from autograder.checks.cases import BuildsOn, Case, compared, replay
from autograder.checks.lasting import lasting
from autograder.checks.trial import Call, Trial
from autograder.reference import sigmoid as reference_sigmoid
from autograder.reference.affine import affine

EXTREME = 4000.0  # a factor of the weights that takes pre-activations far beyond what exp can bear
MANY = 40  # examples: enough that each of their kinds is among them, and that rounding in single precision shows
SIGMOID_RTOL = 1e-10


def sigmoid(trial: Trial):
    """Shapes and kinds of input, then the far ends, where a plain exp overflows."""
    draw = trial.draw
    ends = np.array([-np.inf, -1e308, -1e4, -746.0, -710.0, -40.0, 0.0, 40.0, 710.0, 746.0, 1e4, 1e308, np.inf])
    cases = {
        "an array": draw.normal(draw.n, scale=3),
        "another array": draw.normal(draw.n, scale=3),
        "two axes": draw.normal(draw.B, draw.n, scale=3),
        "three axes": draw.normal(draw.T, draw.B, draw.n, scale=3),
        "one row of one number": draw.normal(1, 1),
        "one number": float(draw.normal(scale=2)),
        "a whole number": int(draw.rng.integers(2, 6)),
        "a very negative number": -float(draw.between(800, 8000)),
        "a very large number": float(draw.between(800, 8000)),
        "a list": draw.normal(draw.n, scale=2).tolist(),
        "an array of whole numbers": draw.rng.permutation(np.arange(-3, 4)),
        "very large and infinite values": draw.rng.permutation(ends),
    }
    answers = {}
    for case, x in cases.items():
        answer = answers[case] = trial.call(case, x)
        expected = reference_sigmoid(x)
        weight = 2.0 if case.startswith("very") else 1.0
        right = trial.compare(case, "σ(x)", answer, expected, weight, SIGMOID_RTOL)
        if answer is not None:
            trial.calls.append(Call(case, replay((x,)), answer.value, right))
            if "overflow" in answer.warnings:
                text = "NumPy warned of an overflow: never take exp of a large positive number."
                trial.breach("overflow", text, case)
    if answers["an array"] is not None:
        trial.check_earlier("an array", answers["an array"])


def layer_arguments(*batch_sizes, scale=1.0):
    """``(h_prev, x, W, b)`` of one of the cell's four layers; ``batch_sizes`` as in ``sizes``."""

    def arguments(draw):
        batch = sizes(draw, batch_sizes)
        W, b = draw.normal(draw.n, draw.n + draw.m, scale=scale), draw.normal(draw.n, scale=scale)
        return draw.between(-1, 1, *batch, draw.n), draw.normal(*batch, draw.m), W, b

    return arguments


def with_own_sigmoid(sigmoid):
    """A gate that squashes with the student's own sigmoid."""
    return lambda h_prev, x, W, b: sigmoid(affine(h_prev, x, W, b))


def layer(function, symbol, builds_on=None):
    check = compared(
        function,
        symbol,
        Case("one example", layer_arguments()),
        Case("a batch", layer_arguments("B")),
        Case("a batch of one", layer_arguments(1), weight=0.5),
        Case("a large batch", wider(layer_arguments(MANY)), weight=0.5),
        Case("extreme pre-activations", layer_arguments(MANY, scale=EXTREME), weight=0.5),
        Case("one example of one unit", narrow(layer_arguments()), weight=0.25),
        Case("as many examples as units", square(layer_arguments("B")), weight=0.25),
        builds_on=builds_on,
    )
    return lasting(check, function, symbol, layer_arguments("B"))


def update_arguments(*batch_sizes, shut_or_open=False):
    """``(c_prev, f, i, c_tilde)``."""

    def arguments(draw):
        shape = (*sizes(draw, batch_sizes), draw.n)
        f, i = draw.between(0, 1, 2, *shape)
        if shut_or_open:
            f, i = np.round(f), np.round(i)
        return draw.normal(*shape, scale=3), f, i, draw.between(-1, 1, *shape)

    return arguments


def hidden_arguments(*batch_sizes, scale=2.0):
    """``(o, c)``."""

    def arguments(draw):
        shape = (*sizes(draw, batch_sizes), draw.n)
        return draw.between(0, 1, *shape), draw.normal(*shape, scale=scale)

    return arguments


def wider(arguments):
    """The same with other numbers of features and units, so that no size, nor their order, is always the same."""

    def drawn(draw):
        other = copy.copy(draw)
        other.m, other.n = draw.n + 7, draw.m + 7
        return arguments(other)

    return drawn


def narrow(arguments):
    """The same with one feature and one unit, where an axis of length one is easily lost."""

    def drawn(draw):
        other = copy.copy(draw)
        other.m = other.n = 1
        return arguments(other)

    return drawn


def square(arguments):
    """The same with as many steps and examples as units, where no shape tells these axes from one another."""

    def drawn(draw):
        other = copy.copy(draw)
        other.B = other.T = draw.n
        return arguments(other)

    return drawn


def sizes(draw, listed):
    """Sizes by the names under which they were drawn; numbers stand for themselves."""
    return [getattr(draw, size) if isinstance(size, str) else size for size in listed]


GATE = BuildsOn("sigmoid", with_own_sigmoid)

CHECKS = {
    "sigmoid": sigmoid,
    "forget_gate": layer("forget_gate", "f", GATE),
    "input_gate": layer("input_gate", "i", GATE),
    "candidate": layer("candidate", "c_tilde"),
    "update_cell": lasting(
        compared(
            "update_cell",
            "c",
            Case("one example", update_arguments()),
            Case("a batch", update_arguments("B")),
            Case("a batch of one", update_arguments(1), weight=0.5),
            Case("a large batch", wider(update_arguments(MANY)), weight=0.5),
            Case("gates that are shut or open", update_arguments("B", shut_or_open=True), weight=0.5),
            Case("one example of one unit", narrow(update_arguments()), weight=0.25),
            Case("as many examples as units", square(update_arguments("B")), weight=0.25),
        ),
        "update_cell",
        "c",
        update_arguments("B"),
    ),
    "output_gate": layer("output_gate", "o", GATE),
    "hidden_state": lasting(
        compared(
            "hidden_state",
            "h",
            Case("one example", hidden_arguments()),
            Case("a batch", hidden_arguments("B")),
            Case("a batch of one", hidden_arguments(1), weight=0.5),
            Case("a large batch", wider(hidden_arguments(MANY)), weight=0.5),
            Case("large cell states", hidden_arguments(MANY, scale=2e4), weight=0.5),
            Case("one example of one unit", narrow(hidden_arguments()), weight=0.25),
            Case("as many examples as units", square(hidden_arguments("B")), weight=0.25),
        ),
        "hidden_state",
        "h",
        hidden_arguments("B"),
    ),
}
