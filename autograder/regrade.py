"""Which submissions a run grades: those that are new or changed, and those that --regrade names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.assignment import Assignment
from autograder.errors import UserError
from autograder.journal import Entry
from autograder.student_id import safe_id
from lstmbook.text import printable

ALL, OUTDATED = "all", "outdated"


@dataclass(frozen=True)
class Regrade:
    """Whom to grade anew although nothing changed, and in which checks; none named are all."""

    students: frozenset[str] = frozenset()
    checks: tuple[str, ...] = ()
    outdated: bool = False

    @classmethod
    def asked(cls, words: Iterable[str], assignment: Assignment, students: list[str]) -> Regrade:
        """What the words behind --regrade ask for: students, checks, ``all`` or ``outdated``, in any mixture.

        Raises
        ------
        UserError
            If a word is none of these.
        """
        checks = [check.grade_id for check in assignment.checks]
        ids = {safe_id(student): student for student in students} | {student: student for student in students}
        words = list(dict.fromkeys(words))
        if unknown := [word for word in words if word not in {ALL, OUTDATED, *checks, *ids}]:
            raise UserError(
                f"--regrade {printable(unknown[0])!r} is neither a student here nor one of {', '.join(checks)}, "
                f"{ALL}, {OUTDATED}."
            )
        named = {ids[word] for word in words if word in ids and word not in (ALL, OUTDATED, *checks)}
        some_checks = tuple(check for check in checks if check in words)
        everyone = ALL in words or (some_checks and not named and OUTDATED not in words)
        return cls(frozenset(students if everyone else named), some_checks, OUTDATED in words)

    def asks_for(self, student: str, entry: Entry, grader: str) -> bool:
        return student in self.students or (self.outdated and entry.grader != grader)
