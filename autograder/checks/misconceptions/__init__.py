"""The common mistakes, each a small variant of the reference with what a good teacher would say.

One module per assignment holds them, each variant under ``@misconception``. The library is used three ways: the checks
must catch every variant (``python -m autograder misconceptions`` prints the table), feedback names the one that a
student's values equal (``checks.diagnosis``), and the class report counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from autograder.assignment import ASSIGNMENTS

if TYPE_CHECKING:
    from autograder.checks.trial import Trial


@dataclass(frozen=True)
class Misconception:
    """A named mistake in one function.

    ``says`` is the teacher's sentence to the student; ``section`` the page of the book to reread, with its anchor where
    it has one; ``hidden_when`` the conditions under which the mistake does not show ("m == n", "T == 1", "zero states").
    A mistake that leaves no wrong value to compare, such as a changed argument, is known by its ``signs`` in the trial
    (see ``signs.py``) instead.
    """

    name: str
    function: str
    variant: Callable
    says: str
    section: str
    hidden_when: tuple[str, ...] = ()
    signs: Callable[[Trial], bool] | None = None


_listed: list[Misconception] = []


def misconception(
    function: str,
    says: str,
    section: str,
    hidden_when: tuple[str, ...] = (),
    name: str = "",
    signs: Callable[[Trial], bool] | None = None,
):
    """Put a variant of `function` into the library, under its own name with spaces for underscores."""

    def keep(variant):
        title = name or variant.__name__.strip("_").replace("_", " ")
        _listed.append(Misconception(title, function, variant, says, section, hidden_when, signs))
        return variant

    return keep


@cache
def library() -> tuple[Misconception, ...]:
    """All misconceptions, in course order."""
    for assignment in ASSIGNMENTS:
        import_module(f"autograder.checks.misconceptions.{assignment}")
    return tuple(_listed)


@cache
def of(function: str) -> tuple[Misconception, ...]:
    """The misconceptions about one function."""
    return tuple(found for found in library() if found.function == function)
