"""A result is the caller's own: it outlives later calls, and no later call repeats it."""

from __future__ import annotations

from collections.abc import Callable

from autograder import reference
from autograder.checks.draw import Draw
from autograder.checks.trial import Trial

SECOND_CALL = "a second call"


def lasting(
    check: Callable[[Trial], None],
    function: str,
    outputs,
    arguments: Callable[[Draw], tuple],
    settle: Callable = lambda expected, got: expected,
) -> Callable[[Trial], None]:
    """The same check, and then two calls on other inputs of the same sizes, which a shared buffer would mix up.

    Both must be right, and the first one's result must still be what it was after the second.
    """
    expected_of = getattr(reference, function)

    def compare_second(trial, answer, expected):
        expected = expected if answer is None else settle(expected, answer.value)
        trial.compare(SECOND_CALL, outputs, answer, expected, 0.25)

    def both(trial: Trial):
        check(trial)
        first, second = arguments(trial.draw), arguments(trial.draw)
        answer = trial.call(SECOND_CALL, *first)
        compare_second(trial, answer, expected_of(*first))
        if answer is not None:
            compare_second(trial, trial.call(SECOND_CALL, *second), expected_of(*second))
            trial.check_earlier(SECOND_CALL, answer)

    return both
