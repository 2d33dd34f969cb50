"""Checks that compare a function with the reference, case by case: most of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder import reference
from autograder.checks.diagnosis import alike
from autograder.checks.draw import Draw
from autograder.checks.trial import Call, Trial


@dataclass(frozen=True)
class Case:
    """Inputs of one kind: a name that the student reads, and how to draw the arguments."""

    name: str
    arguments: Callable[[Draw], tuple]
    weight: float = 1.0


@dataclass(frozen=True)
class BuildsOn:
    """An earlier function of the same notebook that this one may call.

    ``rebuild(earlier)`` is the reference with the student's own earlier function in its place.
    """

    function: str
    rebuild: Callable[[Callable], Callable]


def compared(
    function: str, outputs, *cases: Case, builds_on: BuildsOn | None = None, settle: Callable = lambda expected, got: expected
) -> Callable[[Trial], None]:
    """A check of `function` against the reference on all cases; ``outputs`` as in ``Trial.compare``.

    At the end the first case is asked again, with the same inputs, and its first result must still be what it was. Where
    values are wrong, they are judged again on consistency with the student's own earlier function. Where more than one
    answer is right, ``settle(expected, got)`` says which one this answer is held to.
    """
    expected_of = getattr(reference, function)

    def settled(expected, answer):
        return expected if answer is None else settle(expected, answer.value)

    def check(trial: Trial):
        first = None
        for case in cases:
            arguments = case.arguments(trial.draw)
            expected = expected_of(*arguments)
            answer = trial.call(case.name, *arguments)
            right = trial.compare(case.name, outputs, answer, settled(expected, answer), case.weight)
            if answer is not None:
                trial.calls.append(Call(case.name, replay(arguments), answer.value, right))
            first = first or (case, arguments, expected, answer)
        case, arguments, expected, answer = first
        if answer is not None:
            again = trial.call("asked again", *arguments)
            trial.compare("asked again", outputs, again, settled(expected, again), case.weight / 2)
            trial.check_earlier(case.name, answer)
        if builds_on and not trial.raised and any(not call.right for call in trial.calls):
            follow_through(trial, builds_on)

    return check


def follow_through(trial: Trial, builds_on: BuildsOn) -> None:
    """One mistake costs once: credit for a function that is right given the student's own earlier one."""

    def earlier(*arguments):
        answer = trial.student.call(builds_on.function, *arguments, budget=trial.budget)
        if answer.problem or answer.raised:
            raise ValueError(f"{builds_on.function} gave no value")
        return answer.value

    rebuilt = builds_on.rebuild(earlier)
    try:
        consistent = all(consistently(call, call.replay(rebuilt)) for call in trial.calls)
    except Exception:  # whatever an odd earlier result leads to
        return  # the earlier function is too far off to build on
    if consistent:
        trial.follows_through(builds_on.function)


def consistently(call: Call, expected) -> bool:
    """Whether a call's value is what the student's own earlier function leads to, and depends on the inputs at all."""
    varied = [leaf for leaf in arrays(expected) if leaf.size > 1]
    return alike(call.value, expected) and any(np.ptp(leaf) > 0 for leaf in varied)


def arrays(value):
    """All arrays in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in arrays(item)]
    return [value] if isinstance(value, np.ndarray) else []


def replay(arguments: tuple) -> Callable[[Callable], object]:
    """Another function on the same arguments, which it may change."""
    return lambda function: function(*copy.deepcopy(arguments))
