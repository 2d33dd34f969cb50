"""What the gradebook says that each student has, as nbgrader computes it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sql
from nbgrader import api

from autograder.errors import UserError
from autograder.gradebook import connect, reading


@dataclass(frozen=True)
class Total:
    """One student's grade; ``parts`` are the points of each graded cell, and how many it is worth, by its name."""

    student: str
    parts: dict[str, tuple[float, float]]
    penalty: float = 0.0
    waits: bool = False  # for a person to grade a cell
    handed_in: datetime.datetime | None = None
    last_name: str = ""
    first_name: str = ""
    email: str = ""

    @property
    def raw(self) -> float:
        """All points: automatic ones, or those by hand in their place, and extra credit."""
        return sum(points for points, _ in self.parts.values())

    @property
    def score(self) -> float:
        """What counts: late hand-ins have their penalty taken off, down to zero."""
        return max(0.0, self.raw - self.penalty)


@dataclass(frozen=True)
class Totals:
    """A class's grades of one assignment, by student, sorted."""

    assignment: str
    max_score: float
    due: datetime.datetime | None
    students: dict[str, Total]


def read(db_url: str, assignment: str) -> Totals:
    """The grades of one assignment in a gradebook; those who have no submission in it are not there.

    Raises
    ------
    UserError
        If the gradebook cannot be read, or does not know the assignment.
    """
    engine = connect(db_url)
    path = engine.url.database
    if engine.url.get_backend_name() == "sqlite" and path and not path.startswith("file:") and not Path(path).is_file():
        raise UserError(f"There is no gradebook {path}: grade first, or name the gradebook by --db.")
    with reading(engine) as session:
        found = session.execute(
            sql.select(api.Assignment.id, api.Assignment.duedate, api.Assignment.max_score).filter_by(name=assignment)
        ).one_or_none()
        if found is None:
            known = ", ".join(session.scalars(sql.select(api.Assignment.name).order_by("name"))) or "none"
            where = engine.url.render_as_string(hide_password=True)
            raise UserError(f"The gradebook {where} has no grades of {assignment!r}; it has: {known}.")
        return Totals(assignment, found.max_score, found.duedate, _students(session, found.id))


def _students(session, assignment_id):
    handed_in, student = api.SubmittedAssignment, api.Student
    notebook, grade, cell = api.SubmittedNotebook, api.Grade, api.BaseCell
    parts, waits = {}, set()
    worth = dict(session.execute(sql.select(api.GradeCell.id, api.GradeCell.max_score)).all())
    worth |= dict(session.execute(sql.select(api.TaskCell.id, api.TaskCell.max_score)).all())
    rows = session.execute(
        sql.select(handed_in.student_id, cell.name, cell.id, grade.score, grade.needs_manual_grade)
        .join(notebook, notebook.assignment_id == handed_in.id)
        .join(grade, grade.notebook_id == notebook.id)
        .join(cell, cell.id == grade.cell_id)
        .where(handed_in.assignment_id == assignment_id)
        .order_by(handed_in.student_id, cell.name)
    )
    for who, name, cell_id, points, by_hand in rows:
        parts.setdefault(who, {})[name] = points, worth[cell_id]
        if by_hand:
            waits.add(who)
    about = session.execute(
        sql.select(
            student.id,
            sql.func.coalesce(sql.func.sum(notebook.late_submission_penalty), 0.0),
            handed_in.timestamp,
            student.last_name,
            student.first_name,
            student.email,
        )
        .join(handed_in, handed_in.student_id == student.id)
        .join(notebook, notebook.assignment_id == handed_in.id)
        .where(handed_in.assignment_id == assignment_id)
        .group_by(student.id, handed_in.timestamp, student.last_name, student.first_name, student.email)
        .order_by(student.id)
    )
    return {
        who: Total(who, parts.get(who, {}), penalty, who in waits, at, last or "", first or "", email or "")
        for who, penalty, at, last, first, email in about
    }
