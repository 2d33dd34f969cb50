"""The checks, measured by the misconceptions: each variant in a student's place, every other function right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder import reference
from autograder.assignment import ASSIGNMENTS
from autograder.checks import checks_of
from autograder.checks.diagnosis import diagnose
from autograder.checks.draw import Draw
from autograder.checks.misconceptions import Misconception, library
from autograder.checks.trial import Trial
from autograder.checks.trusted import TrustedStudent
from autograder.errors import UserError
from autograder.sandbox import LIMITS, Budget

SEEDS = range(20)


@dataclass(frozen=True)
class Row:
    """One misconception under its check, on several seeds: what share of the points it kept, and what it was named."""

    misconception: Misconception
    kept: tuple[float, ...]
    named: tuple[str, ...]  # "" where it got no name

    @property
    def caught(self) -> int:
        """On how many seeds it lost points."""
        return sum(share < 1 for share in self.kept)

    @property
    def recognised(self) -> int:
        """On how many seeds it got its own name."""
        return self.named.count(self.misconception.name)


@cache
def assignment_of(function: str) -> str:
    """The assignment that grades a function."""
    return next(name for name in ASSIGNMENTS if function in checks_of(name))


def tried(function: str, implementation, seed: int) -> Trial:
    """The trial of an implementation under its function's check; all other functions are the reference's."""
    functions = {name: getattr(reference, name) for name in reference.__all__} | {function: implementation}
    budget = Budget(LIMITS.check_cpu_s, LIMITS.check_wall_s)
    trial = Trial(function, TrustedStudent(functions), Draw(np.random.default_rng(seed)), budget)
    checks_of(assignment_of(function))[function](trial)
    return trial


def misconceptions_of(assignments: Iterable[str]) -> list[Misconception]:
    """The misconceptions about the functions of these assignments.

    Raises
    ------
    UserError
        If there is no such assignment.
    """
    for name in assignments:
        if name not in ASSIGNMENTS:
            raise UserError(f"There is no assignment {name!r}. The assignments are {', '.join(ASSIGNMENTS)}.")
    return [found for found in library() if assignment_of(found.function) in assignments]


def measured(assignments: Iterable[str] = ASSIGNMENTS, seeds: Iterable[int] = SEEDS) -> Iterator[Row]:
    """One row for each misconception."""
    for misconception in misconceptions_of(assignments):
        trials = [tried(misconception.function, misconception.variant, seed) for seed in seeds]
        found = [diagnose(trial) for trial in trials]
        yield Row(
            misconception,
            tuple(trial.result("", 1.0).score for trial in trials),
            tuple(name.name if name else "" for name in found),
        )


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The table as text, a line for each row as soon as it is known, and the sums."""
    function, count, totals = None, 0, Counter()
    for row in rows:
        if row.misconception.function != function:
            function = row.misconception.function
            yield f"\n{'check_' + function:<72} caught   named   points kept"
        seeds = len(row.kept)
        others = ", ".join(sorted({name or "no name" for name in row.named} - {row.misconception.name}))
        counts = f"{row.caught:>2}/{seeds:<4} {row.recognised:>2}/{seeds:<4}  {np.mean(row.kept):>5.0%}"
        yield f"  {row.misconception.name:<70} {counts}" + (f"   also named: {others}" if others else "")
        count += 1
        totals.update(seeds=seeds, caught=row.caught, recognised=row.recognised)
    seeds = max(totals["seeds"], 1)
    yield (
        f"\n{count} misconceptions: caught on {totals['caught'] / seeds:.2%} of {totals['seeds']} trials, "
        f"given their own name on {totals['recognised'] / seeds:.2%}."
    )
