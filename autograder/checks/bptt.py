"""The checks of ``bptt``: on caches that the grader supplies, so that a wrong forward pass costs nothing here."""

import numpy as np

from autograder import reference
from autograder.checks.cases import BuildsOn, Case, compared, replay
from autograder.checks.gates import MANY, narrow, sizes, square, wider
from autograder.checks.lasting import lasting
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
    shapes = {"a vector": (draw.n,), "a matrix": (draw.n, draw.m), "three axes": (2, 3, 2), "one number": ()}
    answers = {case: one_gradient(trial, case, *uneven_loss(draw, shape)) for case, shape in shapes.items()}
    one_gradient(trial, "a large eps", *uneven_loss(draw, shapes["a matrix"]), 0.1)
    one_gradient(trial, "a small eps", *uneven_loss(draw, shapes["a vector"]), 1e-3)
    one_gradient(trial, "eps by default", *steep_loss(draw, shapes["a vector"]))
    for case in "a vector", "a matrix":
        trial.check_earlier(case, answers[case])


def uneven_loss(draw, shape):
    """A loss in which each number has a slope of its own, shifted by eps and by the other numbers; and an array."""
    linear, cubic, mixed = draw.normal(3, *shape)
    return lambda a: np.sum(linear * a + cubic * a**3) + np.sum(mixed * a) ** 2, np.asarray(draw.normal(*shape))


def steep_loss(draw, shape):
    """A loss whose slope at zero is nothing but the trace of eps: w (eps / 1e-5)²."""
    weights = draw.normal(*shape)
    return lambda a: np.sum(1e10 * weights * a**3), np.zeros(shape)


def one_gradient(trial, case, of_array, array, *eps):
    def loss(a=None, *rest):
        known = not rest and isinstance(a, np.ndarray | np.generic | float | list)
        if not known or np.shape(a) != array.shape or np.asarray(a).dtype.kind not in "fiu":
            raise TypeError(f"loss(array) takes one array of real numbers, of shape {array.shape}")
        with np.errstate(all="ignore"):
            return float(of_array(np.asarray(a)))

    expected = reference.numerical_gradient(loss, array, *eps)
    answer = trial.call(case, Callback(loss), array, *eps)
    # with a step of 1e-5 rounding alone leaves the fifth digit after the point open
    right = trial.compare(case, "gradient", answer, expected, rtol=1e-7 if eps else 1e-5)
    if answer is not None:
        trial.calls.append(Call(case, replay((loss, array, *eps)), answer.value, right))
    return answer


def gradients(draw, norm):
    """A dict of gradients with that norm together: unequal shapes, and keys that the LSTM does not have.

    The third is the longest, so that what looks at the first, the last or the longest array alone shows.
    """
    scales = {"W_f": 1.0, "b_f": 1.0, "W_o": 3.0, "b_o": 1.0, "readout": 0.5}
    shapes = {"W": (draw.n, draw.n + draw.m), "b": (draw.n,), "r": (draw.B, 2, 3)}
    grads = {name: draw.normal(*shapes[name[0]], scale=scale) for name, scale in scales.items()}
    factor = norm / clip_norm(grads)
    return {name: factor * grad for name, grad in grads.items()}


def clip_norm(grads):
    return reference.clip_gradients(grads, np.inf)[1]


def clipping(norm, factor):
    """``(grads, max_norm)`` with that norm, which is ``factor`` times what is allowed."""

    def arguments(draw):
        grads = gradients(draw, norm)
        return grads, clip_norm(grads) / factor

    return arguments


def no_gradients(draw):
    return {name: np.zeros_like(grad) for name, grad in gradients(draw, 1.0).items()}, float(draw.between(0.5, 2))


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


def guarded(expected, got):
    """A division by norm + 1e-6, as PyTorch guards it, is as good: all entries are shorter by one factor."""
    clipped, norm = expected
    largest = max(clipped, key=lambda name: np.max(np.abs(clipped[name])))
    index = np.unravel_index(np.argmax(np.abs(clipped[largest])), clipped[largest].shape)
    try:
        with np.errstate(all="ignore"):
            factor = float(got[0][largest][index] / clipped[largest][index])
    except (TypeError, KeyError, IndexError, ValueError):
        return expected  # what came is no such dict, which comparing will say
    if not 0 < 1 - factor < 5e-6:
        return expected
    return {name: factor * grad for name, grad in clipped.items()}, norm


LONG = 12  # steps: more than a way back that ends early would walk

CELL = ("dx", "dh_prev", "dc_prev", "grads")
SEQUENCE = ("dxs", "dh0", "dc0", "grads")
CLIPPED = ("clipped", "norm")

CHECKS = {
    "lstm_cell_backward": lasting(
        compared(
            "lstm_cell_backward",
            CELL,
            Case("one example", cell_gradients()),
            Case("a batch", cell_gradients("B")),
            Case("a batch of one", cell_gradients(1), weight=0.5),
            Case("the last step: dc is zero", cell_gradients("B", dc_scale=0.0), weight=0.5),
            Case("no loss on h: dh is zero", cell_gradients("B", dh_scale=0.0), weight=0.5),
            Case("large upstream gradients", cell_gradients("B", dh_scale=1e6, dc_scale=1e6), weight=0.5),
            Case("saturated gates", cell_gradients("B", scale=8.0), weight=0.5),
            Case("gates that are open or shut", cell_gradients("B", scale=300.0), weight=0.25),
            Case("a large batch", wider(cell_gradients(MANY)), weight=0.5),
            Case("one example of one unit", narrow(cell_gradients()), weight=0.25),
            Case("as many examples as units", square(cell_gradients("B")), weight=0.25),
        ),
        "lstm_cell_backward",
        CELL,
        cell_gradients("B"),
    ),
    "lstm_backward": lasting(
        compared(
            "lstm_backward",
            SEQUENCE,
            Case("one sequence", sequence_gradients("T")),
            Case("a batch of sequences", sequence_gradients("T", "B")),
            Case("a loss on the last output alone", sequence_gradients("T", "B", last_only=True), weight=0.5),
            Case("a single step", sequence_gradients(1, "B"), weight=0.5),
            Case("large upstream gradients", sequence_gradients(5, "B", dh_scale=1e6), weight=0.5),
            Case("a batch, one unit", narrow(sequence_gradients("T", "B")), weight=0.25),
            Case("as many examples as units", square(sequence_gradients("T", "B")), weight=0.25),
            builds_on=BuildsOn("lstm_cell_backward", with_own_cell),
        ),
        "lstm_backward",
        SEQUENCE,
        wider(sequence_gradients(LONG, "B")),
    ),
    "numerical_gradient": numerical_gradient,
    "clip_gradients": lasting(
        compared(
            "clip_gradients",
            CLIPPED,
            Case("a norm above the limit", clipping(15.0, 3.0)),
            Case("far above the limit", clipping(1e6, 1e4)),
            Case("short, and above the limit", clipping(0.5, 1.6)),
            Case("a norm below the limit", clipping(12.0, 0.6)),
            Case("a norm at the limit", clipping(7.0, 1.0), weight=0.5),
            Case("no gradient at all", no_gradients, weight=0.5),
            settle=guarded,
        ),
        "clip_gradients",
        CLIPPED,
        wider(clipping(5.0, 2.0)),
        guarded,
    ),
}
