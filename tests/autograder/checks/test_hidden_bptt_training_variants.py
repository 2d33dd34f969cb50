"""The misconceptions of ``bptt``, ``training`` and ``variants`` stay hidden where they say so."""

import copy
import warnings

import numpy as np
import pytest

from autograder import reference
from autograder.checks import checks_of
from autograder.checks.bptt import cell_gradients, clipping, sequence_gradients
from autograder.checks.diagnosis import alike
from autograder.checks.draw import Draw
from autograder.checks.misconceptions import of
from autograder.checks.training import forget_gates
from autograder.checks.variants import (
    both_directions,
    gru_gradients,
    gru_step,
    peephole_gradients,
    peephole_step,
    stack,
)

ASSIGNMENTS = ("bptt", "training", "variants")
FUNCTIONS = [function for name in ASSIGNMENTS for function in checks_of(name) if function != "train_adding"]


def gradients_of(arguments, *zero):
    """The same arguments of a way back, with some upstream gradients zero, by position."""

    def drawn(draw):
        given = arguments(draw)
        return tuple(0 * value if k in zero else value for k, value in enumerate(given))

    return drawn


def zero_states(arguments, *positions):
    return gradients_of(arguments, *positions)


def nudged(loss, shape=None, *eps):
    """``(loss, array)`` of that shape, and eps."""
    return lambda draw: (loss, np.asarray(draw.normal(*((draw.n, draw.m) if shape is None else shape))), *eps)


def linear(a):
    return float(np.sum(np.arange(1, a.size + 1).reshape(a.shape) * a))


def quadratic(a):
    return float(np.sum(np.sin(np.arange(a.size)).reshape(a.shape) * a) ** 2 + np.sum(a**2))


def quartic(a):
    return float(np.sum(a**4)) + quadratic(a)


def one_array(draw):
    grads, max_norm = clipping(9.0, 3.0)(draw)
    return {"readout": grads["readout"]}, 0.01 + np.linalg.norm(grads["readout"]) / 2


def clipped_to_one(draw):
    return clipping(9.0, 3.0)(draw)[0], 1.0


def gates(change):
    return lambda draw: (change(draw.between(0.2, 1, draw.T, draw.n)),)


def equal_parameters(draw):
    xs, params, _ = both_directions("T", "B")(draw)
    return xs, params, params


def equal_layers(draw):
    xs, (params, _) = stack("T", "B", units=("m", "m"))(draw)
    return xs, [params, params]


STEPS = {"one example": (), "a batch of one": (1,), "a batch": ("B",)}


def by_batch(arguments):
    return {name: arguments(*batch) for name, batch in STEPS.items()}


def by_length(arguments):
    return {"T == 1": arguments(1, "B"), "T == 2": arguments(2, "B"), "one sequence": arguments("T")} | {
        "a batch": arguments("T", "B"),
        "a batch of one": arguments("T", 1),
    }


UNDER = {
    "lstm_cell_backward": by_batch(cell_gradients)
    | {"dh is zero": gradients_of(cell_gradients("B"), 0), "dc is zero": gradients_of(cell_gradients("B"), 1)},
    "lstm_backward": by_length(sequence_gradients)
    | {"a loss on the last output alone": sequence_gradients("T", "B", last_only=True)},
    "numerical_gradient": {
        "a linear loss": nudged(linear),
        "a quadratic loss": nudged(quadratic),
        "eps by default": nudged(quadratic),
        "eps is given": nudged(quartic, None, 0.1),
        "a vector": nudged(quartic, (4,), 0.1),
        "one number": nudged(quartic, (), 0.1),
    },
    "clip_gradients": {
        "a norm below the limit": clipping(5.0, 0.5),
        "a norm above the limit": clipping(5.0, 3.0),
        "one array": one_array,
        "max_norm == 1": clipped_to_one,
    },
    "gradient_highway": {
        "T == 1": forget_gates(1),
        "T == 2": forget_gates(2),
        "no gate is shut": forget_gates(None, low=0.1),
        "all gates open": gates(np.ones_like),
        "gates that are the same at every step": gates(lambda fs: 0 * fs + fs[0]),
        "one unit": gates(lambda fs: fs[:, :1]),
        "one unit and one step": gates(lambda fs: fs[:1, :1]),
    },
    "peephole_cell_forward": by_batch(peephole_step) | {"zero states": zero_states(peephole_step("B"), 1, 2)},
    "gru_cell_forward": by_batch(gru_step) | {"zero states": zero_states(gru_step("B"), 1)},
    "bidirectional_forward": by_length(both_directions) | {"equal parameters": equal_parameters},
    "stacked_forward": by_length(lambda T, *batch: stack(T, *batch, units=("n", "n")))
    | {"a single layer": stack("T", "B", units=("n",)), "equal layers": equal_layers},
    "gru_cell_backward": by_batch(gru_gradients) | {"dh is zero": gradients_of(gru_gradients("B"), 0)},
    "peephole_cell_backward": by_batch(peephole_gradients)
    | {"dh is zero": gradients_of(peephole_gradients("B"), 0), "dc is zero": gradients_of(peephole_gradients("B"), 1)},
}

GIVEN = dict(lr=0.05, beta1=0.8, beta2=0.95, eps=1e-3)
ADAM = {  # how many steps, and the settings
    "the first step": (1, GIVEN),
    "settings by default": (3, {}),
    "settings that are given": (3, GIVEN),
    "lr == 1": (3, GIVEN | {"lr": 1.0}),
    "β₁ == β₂": (3, GIVEN | {"beta1": 0.95}),
    "one array": (3, GIVEN),
    "one network at a time": (3, GIVEN),
}


def adam_under(condition):
    """Another function's parameters after some steps."""
    steps, settings = ADAM[condition]
    shapes = {"W": (2, 3)} | ({} if condition == "one array" else {"b": (2,)})
    draw = Draw(np.random.default_rng(7))
    params = {name: draw.normal(*shape) for name, shape in shapes.items()}
    grads = [{name: draw.normal(*shape) for name, shape in shapes.items()} for _ in range(steps)]

    def run(function):
        state, now = None, copy.deepcopy(params)
        for step in copy.deepcopy(grads):
            now, state = function(now, step, state, **settings)
        return now

    return run


def under(function, condition):
    """What a function gives on inputs that fulfil a condition in the words of ``hidden_when``."""
    if function == "adam_step":
        return adam_under(condition)
    arguments = UNDER[function][condition](Draw(np.random.default_rng(7)))
    return lambda implementation: implementation(*copy.deepcopy(arguments))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_hidden_where_it_says_so(function):
    rtol = 1e-6 if function == "numerical_gradient" else 1e-9
    for found in of(function):
        for condition in found.hidden_when:
            run = under(function, condition)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                assert alike(run(found.variant), run(getattr(reference, function)), rtol), (found.name, condition)
