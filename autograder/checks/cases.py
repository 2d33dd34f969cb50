"""Checks that compare a function with the reference, case by case: most of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

from autograder import reference
from autograder.checks.draw import Draw
from autograder.checks.trial import Call, Trial


@dataclass(frozen=True)
class Case:
    """Inputs of one kind: a name that the student reads, and how to draw the arguments."""

    name: str
    arguments: Callable[[Draw], tuple]
    weight: float = 1.0


def compared(function: str, outputs, *cases: Case) -> Callable[[Trial], None]:
    """A check of `function` against the reference on all cases; ``outputs`` as in ``Trial.compare``.

    At the end the first case is asked again, with the same inputs, and its first result must still be what it was.
    """
    expected_of = getattr(reference, function)

    def check(trial: Trial):
        first = None
        for case in cases:
            arguments = case.arguments(trial.draw)
            expected = expected_of(*arguments)
            answer = trial.call(case.name, *arguments)
            right = trial.compare(case.name, outputs, answer, expected, case.weight)
            if answer is not None:
                trial.calls.append(Call(case.name, replay(arguments), answer.value, right))
            first = first or (case, arguments, expected, answer)
        case, arguments, expected, answer = first
        if answer is not None:
            trial.compare("asked again", outputs, trial.call("asked again", *arguments), expected, case.weight / 2)
            trial.check_earlier(case.name, answer)

    return check


def replay(arguments: tuple) -> Callable[[Callable], object]:
    """Another function on the same arguments, which it may change."""
    return lambda function: function(*copy.deepcopy(arguments))
