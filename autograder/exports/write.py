"""An export, from the gradebook to a file and to what the instructor is told about it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from autograder import atomic
from autograder.assignment import load
from autograder.errors import UserError
from autograder.exports import roster, totals
from autograder.exports.formats import FORMATS, is_formula
from lstmbook.text import printable

FEW = 10  # names in a message


@dataclass(frozen=True)
class Exported:
    """What was written, and in sentences what an instructor has to know of it."""

    path: Path
    count: int
    notes: tuple[str, ...]


def write(
    form: str,
    assignment: str,
    out,
    db_url: str | None = None,
    roster_path=None,
    by: str | None = None,
    title: str | None = None,
    feedback: bool = False,
    to=None,
) -> Exported:
    """Write the grades of an assignment in the form that another system reads.

    Parameters
    ----------
    form : str
        One of `FORMATS`.
    assignment : str
    out : path
        The folder that was graded into: has the gradebook unless `db_url` names another, and gets the file unless `to`
        says where.
    db_url : str, optional
    roster_path : path, optional
        The other system's own list of students; nbgrader's form needs none.
    by : str, optional
        The roster's column that holds our students' ids; found where it is not given.
    title : str, optional
        What the assignment is called over there.
    feedback : bool
        For Moodle, a column with the points of each function.
    to : path, optional

    Raises
    ------
    UserError
        If there is nothing to export, or it cannot be read or written.
    """
    path = Path(to or Path(out) / f"{form}-{assignment}.csv")
    if form == "nbgrader":
        if roster_path:
            raise UserError("nbgrader's table has the ids of the gradebook, so --roster has no use with it.")
    elif not roster_path:
        raise UserError(
            f"For {form} a --roster is needed, which says who each student is there: a file that it exports."
        )
    if feedback and form != "moodle":
        raise UserError("--feedback is a column for Moodle alone: leave it out.")
    found = totals.read(db_url or f"sqlite:///{(Path(out) / 'gradebook.db').absolute()}", assignment)
    listed = roster.read(roster_path, found.students, by) if roster_path else None
    rows = list(FORMATS[form](found, listed, title or load(assignment).title, feedback))
    with atomic.writing(path) as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    count = len(found.students.keys() & listed.rows.keys()) if listed else len(found.students)
    return Exported(path, count, tuple(_notes(found, listed, rows[1:])))


def _notes(found, listed, rows):
    if listed:
        yield f"Students were found by the roster's column {listed.key!r}."
        if strangers := sorted(found.students.keys() - listed.rows.keys()):
            yield f"Not in the file, since the roster does not have them: {_some(strangers)}."
        if absent := [row[listed.key] for who, row in listed.rows.items() if who not in found.students]:
            yield f"Not in the file, since they have no grade: {_some(absent)}."
    if any(is_formula(text) for row in rows for text in row):  # all other texts are harmless
        yield (
            "Some ids begin with a sign that a spreadsheet takes for a formula. They have to stand there like that, so "
            "do not open the file in a spreadsheet."
        )
    if waiting := sorted(who for who, student in found.students.items() if student.waits):
        yield f"These wait for points by hand, which are not in their totals yet: {_some(waiting)}."


def _some(names):
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return f"{len(names)} ({', '.join(printable(name) for name in names[:FEW])}{more})"
