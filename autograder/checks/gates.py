"""The checks of ``gates``."""

import numpy as np

from autograder.checks.cases import BuildsOn, Case, compared, replay
from autograder.checks.trial import Call, Trial
from autograder.reference import sigmoid as reference_sigmoid
from autograder.reference.affine import affine

EXTREME = 400.0  # a factor of the weights that takes pre-activations to the thousands


def sigmoid(trial: Trial):
    """Shapes and kinds of input, then the far ends, where a plain exp overflows."""
    draw = trial.draw
    ends = np.array([-np.inf, -1e308, -1e4, -746.0, -710.0, -40.0, 0.0, 40.0, 710.0, 746.0, 1e4, 1e308, np.inf])
    cases = {
        "an array": draw.normal(draw.n, scale=3),
        "a table of two axes": draw.normal(draw.B, draw.n, scale=3),
        "one number": float(draw.normal(scale=2)),
        "a whole number": int(draw.rng.integers(-5, 5)),
        "a list": draw.normal(draw.n, scale=2).tolist(),
        "an array of whole numbers": draw.rng.integers(-6, 7, size=draw.n),
        "very large and infinite values": draw.rng.permutation(ends),
    }
    answers = {}
    for case, x in cases.items():
        answer = answers[case] = trial.call(case, x)
        expected = reference_sigmoid(x)
        right = trial.compare(case, "σ(x)", answer, expected, weight=2.0 if case.startswith("very") else 1.0)
        if answer is not None:
            trial.calls.append(Call(case, replay((x,)), answer.value, right))
            if "overflow" in answer.warnings:
                trial.breach("overflow", "NumPy warned of an overflow: never take exp of a large positive number.", case)
    if answers["an array"] is not None:
        trial.check_earlier("an array", answers["an array"])


def layer_arguments(*batch_sizes, scale=1.0):
    """``(h_prev, x, W, b)`` of one of the cell's four layers; ``batch_sizes`` are names of the drawn sizes, or numbers."""

    def arguments(draw):
        batch = [getattr(draw, size) if isinstance(size, str) else size for size in batch_sizes]
        W, b = draw.normal(draw.n, draw.n + draw.m, scale=scale), draw.normal(draw.n, scale=scale)
        return draw.between(-1, 1, *batch, draw.n), draw.normal(*batch, draw.m), W, b

    return arguments


def with_own_sigmoid(sigmoid):
    """A gate that squashes with the student's own sigmoid."""
    return lambda h_prev, x, W, b: sigmoid(affine(h_prev, x, W, b))


def layer(function, symbol, builds_on=None):
    return compared(
        function,
        symbol,
        Case("one example", layer_arguments()),
        Case("a batch", layer_arguments("B")),
        Case("a batch of one", layer_arguments(1), weight=0.5),
        Case("extreme pre-activations", layer_arguments("B", scale=EXTREME), weight=0.5),
        builds_on=builds_on,
    )


def update_arguments(*batch_sizes):
    def arguments(draw):
        batch = [getattr(draw, size) for size in batch_sizes]
        gates = draw.between(0, 1, 2, *batch, draw.n)
        return draw.normal(*batch, draw.n, scale=3), gates[0], gates[1], draw.between(-1, 1, *batch, draw.n)

    return arguments


def hidden_arguments(*batch_sizes, scale=2.0):
    def arguments(draw):
        batch = [getattr(draw, size) for size in batch_sizes]
        return draw.between(0, 1, *batch, draw.n), draw.normal(*batch, draw.n, scale=scale)

    return arguments


GATE = BuildsOn("sigmoid", with_own_sigmoid)

CHECKS = {
    "sigmoid": sigmoid,
    "forget_gate": layer("forget_gate", "f", GATE),
    "input_gate": layer("input_gate", "i", GATE),
    "candidate": layer("candidate", "c_tilde"),
    "update_cell": compared(
        "update_cell", "c", Case("one example", update_arguments()), Case("a batch", update_arguments("B"))
    ),
    "output_gate": layer("output_gate", "o", GATE),
    "hidden_state": compared(
        "hidden_state",
        "h",
        Case("one example", hidden_arguments()),
        Case("a batch", hidden_arguments("B")),
        Case("large cell states", hidden_arguments("B", scale=200.0), weight=0.5),
    ),
}
