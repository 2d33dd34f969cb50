"""The checks of ``bptt``: on caches that the grader supplies, so that a wrong forward pass costs nothing here."""

import numpy as np

from autograder import reference
from autograder.checks.cases import BuildsOn, Case, compared, replay
from autograder.checks.cell import sizes
from autograder.checks.trial import Call, Trial
from autograder.sandbox import Callback


def cell_gradients(*batch_sizes, scale=1.0, dh_scale=1.0, dc_scale=1.0):
    """``(dh, dc, cache, params)`` of one step."""

    def arguments(draw):
        batch = sizes(draw, batch_sizes)
        cache, params = draw.cell_cache(*batch, scale=scale)
        return draw.normal(*batch, draw.n, scale=dh_scale), draw.normal(*batch, draw.n, scale=dc_scale), cache, params

    return arguments


def sequence_gradients(T, *batch_sizes, last_only=False, dh_scale=1.0):
    """``(dhs, caches, params)`` of T steps; the loss is on every output, or on the last alone."""

    def arguments(draw):
        steps, *batch = sizes(draw, (T, *batch_sizes))
        caches, params = draw.caches(steps, *batch)
        dhs = draw.normal(steps, *batch, draw.n, scale=dh_scale)
        if last_only:
            dhs[:-1] = 0
        return dhs, caches, params

    return arguments


def numerical_gradient(trial: Trial):
    """Losses that the grader computes: a cubic and a large eps show which formula was used, and with which step."""
    draw = trial.draw
    shapes = {"a vector": (draw.n,), "a matrix": (draw.n, draw.m), "three axes": (2, draw.m, draw.n), "one number": ()}
    for case, shape in shapes.items():
        one_gradient(trial, case, shape, ())
    one_gradient(trial, "a large eps", (draw.n, draw.m), (0.1,))
    one_gradient(trial, "a small eps", (draw.n,), (1e-3,))


def one_gradient(trial, case, shape, eps):
    linear, cubic = trial.draw.normal(2, *shape)
    array = np.asarray(trial.draw.normal(*shape))

    def loss(a=None, *rest):
        if rest or not isinstance(a, np.ndarray | np.generic | float) or np.shape(a) != shape:
            raise TypeError(f"loss(array) takes one array of shape {shape}")
        return float(np.sum(linear * a + cubic * np.asarray(a) ** 3))

    expected = reference.numerical_gradient(loss, array, *eps)
    answer = trial.call(case, Callback(loss), array, *eps)
    # with a step of 1e-5 rounding alone leaves the fifth digit after the point open
    right = trial.compare(case, "gradient", answer, expected, rtol=1e-7 if eps else 1e-5)
    if answer is not None:
        trial.calls.append(Call(case, replay((loss, array, *eps)), answer.value, right))


def gradients(draw, scale=1.0):
    """A dict of gradients of unequal shapes; the last key is none of the LSTM's."""
    shapes = {"W_f": (draw.n, draw.n + draw.m), "b_f": (draw.n,), "W_o": (draw.n, draw.n + draw.m), "readout": (draw.B, 2, 3)}
    return {name: draw.normal(*shape, scale=scale) for name, shape in shapes.items()}


def clipping(factor, scale=1.0):
    """``(grads, max_norm)`` with a norm of ``factor`` times what is allowed."""

    def arguments(draw):
        grads = gradients(draw, scale)
        norm = np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))
        return grads, float(norm / factor)

    return arguments


def no_gradients(draw):
    return {name: np.zeros_like(grad) for name, grad in gradients(draw).items()}, float(draw.between(0.5, 2))


def with_own_cell(cell_backward):
    """The way back through time with the student's own cell."""

    def lstm_backward(dhs, caches, params):
        dh = dc = np.zeros_like(dhs[-1])
        dxs, steps = [], []
        for dh_outside, cache in zip(dhs[::-1], caches[::-1], strict=True):
            dx, dh, dc, grads = cell_backward(dh_outside + dh, dc, cache, params)
            dxs.append(dx)
            steps.append(grads)
        return np.stack(dxs[::-1]), dh, dc, {name: sum(grads[name] for grads in steps) for name in params}

    return lstm_backward


CHECKS = {
    "lstm_cell_backward": compared(
        "lstm_cell_backward",
        ("dx", "dh_prev", "dc_prev", "grads"),
        Case("one example", cell_gradients()),
        Case("a batch", cell_gradients("B")),
        Case("a batch of one", cell_gradients(1), weight=0.5),
        Case("the last step: dc is zero", cell_gradients("B", dc_scale=0.0), weight=0.5),
        Case("no loss on h: dh is zero", cell_gradients("B", dh_scale=0.0), weight=0.5),
        Case("large upstream gradients", cell_gradients("B", dh_scale=1e6, dc_scale=1e6), weight=0.5),
        Case("saturated gates", cell_gradients("B", scale=8.0), weight=0.5),
    ),
    "lstm_backward": compared(
        "lstm_backward",
        ("dxs", "dh0", "dc0", "grads"),
        Case("one sequence", sequence_gradients("T")),
        Case("a batch of sequences", sequence_gradients("T", "B")),
        Case("a loss on the last output alone", sequence_gradients("T", "B", last_only=True), weight=0.5),
        Case("a single step", sequence_gradients(1, "B"), weight=0.5),
        Case("large upstream gradients", sequence_gradients("T", "B", dh_scale=1e6), weight=0.5),
        builds_on=BuildsOn("lstm_cell_backward", with_own_cell),
    ),
    "numerical_gradient": numerical_gradient,
    "clip_gradients": compared(
        "clip_gradients",
        ("clipped", "norm"),
        Case("a norm above the limit", clipping(3.0)),
        Case("far above the limit", clipping(1e4, scale=1e5)),
        Case("a norm below the limit", clipping(0.6)),
        Case("no gradient at all", no_gradients, weight=0.5),
    ),
}
