"""Checks that compare a function with the reference, case by case: most of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

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
    function: str,
    outputs,
    *cases: Case,
    builds_on: BuildsOn | None = None,
    settle: Callable = lambda expected, got: expected,
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
            follow_through(trial, builds_on, {case.name: case for case in cases})

    return check


def follow_through(trial: Trial, builds_on: BuildsOn, cases: dict[str, Case]) -> None:
    """One mistake costs once: credit for a function that is right given the student's own earlier one.

    On other inputs that one must lead elsewhere. Which inputs come first is left to chance, so that an earlier function
    that answers from memory, or always the same, is found out.
    """

    def earlier(*arguments):
        answer = trial.student.call(builds_on.function, *arguments, budget=trial.budget)
        if answer.problem or answer.raised:
            raise ValueError(f"{builds_on.function} gave no value")
        return answer.value

    rebuilt = builds_on.rebuild(earlier)
    try:
        for call in trial.calls:
            others = replay(cases[call.case].arguments(trial.draw))
            for replayed in trial.draw.rng.permutation([call.replay, others]):
                if alike(call.value, replayed(rebuilt)) != (replayed is call.replay):
                    return
    except Exception:  # whatever an odd earlier result leads to
        return  # the earlier function is too far off to build on
    trial.follows_through(builds_on.function)


def replay(arguments: tuple) -> Callable[[Callable], object]:
    """Another function on the same arguments, which it may change."""
    return lambda function: function(*copy.deepcopy(arguments))
