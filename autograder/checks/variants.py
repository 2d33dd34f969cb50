"""The checks of ``variants``."""

import numpy as np

from autograder.checks.bptt import LONG
from autograder.checks.cases import BuildsOn, Case, compared
from autograder.checks.gates import MANY, narrow, sizes, square, wider
from autograder.checks.lasting import lasting
from autograder.reference import gru_cell_forward, peephole_cell_forward


def peephole_step(*batch_sizes, scale=1.0):
    """``(x, h_prev, c_prev, params)`` with peepholes."""

    def arguments(draw):
        x, h_prev, c_prev, _ = draw.step(*sizes(draw, batch_sizes))
        return x, h_prev, c_prev, draw.params(scale, peepholes="fio")

    return arguments


def gru_step(*batch_sizes, scale=1.0):
    """``(x, h_prev, params)``."""

    def arguments(draw):
        x, h_prev, _, _ = draw.step(*sizes(draw, batch_sizes))
        return x, h_prev, draw.params(scale, layers="zrh")

    return arguments


def peephole_gradients(*batch_sizes, dh_scale=1.0, dc_scale=1.0):
    """``(dh, dc, cache, params)``."""

    def arguments(draw):
        x, h_prev, c_prev, params = peephole_step(*batch_sizes)(draw)
        cache = peephole_cell_forward(x, h_prev, c_prev, params)[-1]
        return draw.normal(*c_prev.shape, scale=dh_scale), draw.normal(*c_prev.shape, scale=dc_scale), cache, params

    return arguments


def gru_gradients(*batch_sizes, dh_scale=1.0):
    """``(dh, cache, params)``."""

    def arguments(draw):
        x, h_prev, params = gru_step(*batch_sizes)(draw)
        return draw.normal(*h_prev.shape, scale=dh_scale), gru_cell_forward(x, h_prev, params)[-1], params

    return arguments


def both_directions(T, *batch_sizes):
    """``(xs, params_forward, params_backward)``."""

    def arguments(draw):
        steps, *batch = sizes(draw, (T, *batch_sizes))
        return draw.normal(steps, *batch, draw.m), draw.params(), draw.params()

    return arguments


def stack(T, *batch_sizes, units):
    """``(xs, layers)``; ``units`` are the layers' sizes: names of drawn sizes, or numbers."""

    def arguments(draw):
        steps, *batch = sizes(draw, (T, *batch_sizes))
        below, layers = draw.m, []
        for n in sizes(draw, units):
            layers.append(draw.params(m=below, n=n))
            below = n
        return draw.normal(steps, *batch, draw.m), layers

    return arguments


def hidden_states(lstm_forward, xs, params):
    """What the student's own ``lstm_forward`` shows from zero states."""
    zeros = np.zeros(xs.shape[1:-1] + params["b_f"].shape)
    return np.asarray(lstm_forward(xs, zeros, zeros, params)[0])


def both_ways_with_own_lstm(lstm_forward):
    def bidirectional_forward(xs, params_forward, params_backward):
        there = hidden_states(lstm_forward, xs, params_forward)
        back = hidden_states(lstm_forward, xs[::-1].copy(), params_backward)[::-1]
        return np.concatenate([there, back], axis=-1)

    return bidirectional_forward


def stack_with_own_lstm(lstm_forward):
    def stacked_forward(xs, layers):
        for params in layers:
            xs = hidden_states(lstm_forward, xs, params)
        return xs

    return stacked_forward


STEPS = {
    "one example": ((), 1.0),
    "a batch": (("B",), 1.0),
    "a batch of one": ((1,), 0.5),
    "a large batch": ((MANY,), 0.5),
}

PEEPHOLE, GRU = ("h", "c", "cache"), ("h", "cache")
PEEPHOLE_BACK, GRU_BACK = ("dx", "dh_prev", "dc_prev", "grads"), ("dx", "dh_prev", "grads")


def step_cases(arguments):
    return [
        *(Case(name, arguments(*batch), weight) for name, (batch, weight) in STEPS.items()),
        Case("one example of one unit", narrow(arguments()), weight=0.25),
        Case("as many examples as units", square(arguments("B")), weight=0.25),
    ]


CHECKS = {
    "peephole_cell_forward": lasting(
        compared(
            "peephole_cell_forward",
            PEEPHOLE,
            *step_cases(peephole_step),
            Case("extreme pre-activations", peephole_step("B", scale=300.0), weight=0.5),
        ),
        "peephole_cell_forward",
        PEEPHOLE,
        wider(peephole_step("B")),
    ),
    "gru_cell_forward": lasting(
        compared(
            "gru_cell_forward",
            GRU,
            *step_cases(gru_step),
            Case("extreme pre-activations", gru_step("B", scale=300.0), weight=0.5),
        ),
        "gru_cell_forward",
        GRU,
        wider(gru_step("B")),
    ),
    "bidirectional_forward": lasting(
        compared(
            "bidirectional_forward",
            "hs",
            Case("one sequence", both_directions("T")),
            Case("a batch of sequences", both_directions("T", "B")),
            Case("a single step", both_directions(1, "B"), weight=0.5),
            Case("a batch, one unit", narrow(both_directions("T", "B")), weight=0.25),
            Case("as many examples as units", square(both_directions("T", "B")), weight=0.25),
            builds_on=BuildsOn("lstm_forward", both_ways_with_own_lstm),
        ),
        "bidirectional_forward",
        "hs",
        wider(both_directions(LONG, "B")),
    ),
    "stacked_forward": lasting(
        compared(
            "stacked_forward",
            "hs",
            Case("one sequence, two layers", stack("T", units=("n", "n"))),
            Case("a batch, three layers of unequal sizes", stack("T", "B", units=("n", 8, 3))),
            Case("a batch, layers as wide as the input", stack("T", "B", units=("m", "m")), weight=0.5),
            Case("a single layer", stack("T", "B", units=("n",)), weight=0.5),
            Case("a batch, one unit in each layer", narrow(stack("T", "B", units=("n", "n"))), weight=0.25),
            Case("as many examples as units", square(stack("T", "B", units=("n", "n"))), weight=0.25),
            builds_on=BuildsOn("lstm_forward", stack_with_own_lstm),
        ),
        "stacked_forward",
        "hs",
        wider(stack(LONG, "B", units=("n", 9, "n", 4))),
    ),
    "gru_cell_backward": lasting(
        compared(
            "gru_cell_backward",
            GRU_BACK,
            *step_cases(gru_gradients),
            Case("large upstream gradients", gru_gradients("B", dh_scale=1e6), weight=0.5),
        ),
        "gru_cell_backward",
        GRU_BACK,
        wider(gru_gradients("B")),
    ),
    "peephole_cell_backward": lasting(
        compared(
            "peephole_cell_backward",
            PEEPHOLE_BACK,
            *step_cases(peephole_gradients),
            Case("the last step: dc is zero", peephole_gradients("B", dc_scale=0.0), weight=0.5),
            Case("no loss on h: dh is zero", peephole_gradients("B", dh_scale=0.0), weight=0.5),
            Case("large upstream gradients", peephole_gradients("B", dh_scale=1e6, dc_scale=1e6), weight=0.5),
        ),
        "peephole_cell_backward",
        PEEPHOLE_BACK,
        wider(peephole_gradients("B")),
    ),
}
