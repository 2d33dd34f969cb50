"""The misconceptions of ``gates`` and ``cell`` stay hidden where they say so: there they give what is right."""

import copy
import inspect
import warnings

import numpy as np
import pytest

from autograder import reference
from autograder.checks import checks_of
from autograder.checks.diagnosis import alike
from autograder.checks.draw import Draw
from autograder.checks.misconceptions import of

FUNCTIONS = [function for name in ("gates", "cell") for function in checks_of(name)]


def states(draw, *batch):
    return draw.between(-1, 1, *batch, draw.n), draw.normal(*batch, draw.n)


def layer_inputs(draw, T, *batch):
    h_prev, _ = states(draw, *batch)
    return h_prev, draw.normal(*batch, draw.m), draw.normal(draw.n, draw.n + draw.m), draw.normal(draw.n)


INPUTS = {
    "sigmoid": lambda draw, T, *batch: (draw.normal(*batch, draw.n),),
    **dict.fromkeys(("forget_gate", "input_gate", "candidate", "output_gate"), layer_inputs),
    "update_cell": lambda draw, T, *batch: (draw.normal(*batch, draw.n), *draw.between(0, 1, 3, *batch, draw.n)),
    "hidden_state": lambda draw, T, *batch: (draw.between(0, 1, *batch, draw.n), draw.normal(*batch, draw.n)),
    "init_params": lambda draw, T, *batch: (draw.m, draw.n, 5, 2.5),
    "lstm_cell_forward": lambda draw, T, *batch: draw.step(*batch),
    "lstm_forward": lambda draw, T, *batch: draw.sequence(T, *batch),
}
NUMBERS = {"0": 0.0, "1/2": 0.5, "1": 1.0, "∞": np.inf}


def inputs_under(function, condition, draw):
    """Inputs of a function that fulfil a condition in the words of ``hidden_when``."""
    clauses = condition.split(" and ")
    if "m == n" in clauses:
        draw.m = draw.n
    if "n == 1" in clauses:
        draw.n = 1
    batch = {"one example": (), "one axis": (), "a batch of one": (1,)}.get(condition, (draw.B,))
    values = INPUTS[function](draw, 1 if condition == "T == 1" else draw.T, *batch)
    given = dict(zip(inspect.signature(getattr(reference, function)).parameters, values, strict=True))
    if condition == "one number":
        given["x"] = 0.7
    if condition == "zero states":
        clauses = [f"{name} == 0" for name in given if name[0] in "hc"]
    for left, right in (clause.split(" == ") for clause in clauses if " == " in clause):
        put(given, left, right)
    return tuple(given.values())


def put(given, left, right):
    """Fulfil ``left == right``."""
    if left in ("m", "n", "T"):
        return  # sizes
    if left == "f + i":
        given["i"] = 1 - given["f"]
        return
    where = given.get("params", given) if left[:2] in ("W", "b", "W_", "b_") else given
    names = [name for name in where if name == left or name.startswith(f"{left}_") and left in "Wb"]
    assert names, left
    for name in names:
        if right in NUMBERS:
            where[name] = where[name] * 0 + NUMBERS[right] if np.ndim(where[name]) else NUMBERS[right]
        else:
            where[name] = where[right].copy()


def outcome(function, arguments):
    """The value of a function on a copy of these arguments; where a generator belongs, its seed stands for it."""
    arguments = copy.deepcopy(list(arguments))
    if isinstance(arguments[0], int):  # init_params
        arguments[2] = np.random.default_rng(arguments[2])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*arguments)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_hidden_where_it_says_so(function):
    right = getattr(reference, function)
    for found in of(function):
        for condition in found.hidden_when:
            arguments = inputs_under(function, condition, Draw(np.random.default_rng(7)))
            same = alike(outcome(found.variant, arguments), outcome(right, arguments))
            assert same, (found.name, condition)
