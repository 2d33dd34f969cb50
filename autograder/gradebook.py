"""nbgrader's own gradebook, filled in bulk by one writer.

The tables are nbgrader's, and the rules by which they are filled are those of its ``generate_assignment`` and
``autograde``, but for `REFUSAL`, so that its formgrader, manual grading, late penalties and exports work on. nbgrader's
own calls commit row by row over many connections; here a batch of verdicts is one transaction.
"""

from __future__ import annotations

import contextlib
import json

import sqlalchemy as sql
from alembic.script import ScriptDirectory
from nbgrader import api, utils
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy.orm import Session

from autograder.errors import UserError
from autograder.student_id import safe_id

LOCK_S = 60  # for which PostgreSQL waits for a lock
BATCH = 500  # students per statement: every database takes as many parameters

# Stands where nbgrader's own executor looks for a kernel and for the check cells' checksums. It then stops before it
# runs or grades anything, and its log says this: without nbgrader_config.py it would run student code without walls.
REFUSAL = "graded by the course's own checks alone: nbgrader_config.py is not here, or broken"
KERNELSPEC = {"name": REFUSAL, "display_name": REFUSAL, "language": "python"}


class Recorder:
    """Writes verdicts on one assignment into a gradebook; a context manager.

    Parameters
    ----------
    db_url : str
        SQLAlchemy's URL of the database, such as ``sqlite:///gradebook.db``. Missing tables are made.
    assignment : autograder.assignment.Assignment
        Its checks, and the released notebook whose cells the gradebook is to know.
    course_id : str
        nbgrader's id of the course, for an assignment that is new to the gradebook.

    Raises
    ------
    UserError
        Here and in `record`, if the database cannot be reached, read or written. Nothing of that call is recorded then,
        and the same call may be made again.
    """

    def __init__(self, db_url, assignment, course_id="default_course"):
        self._assignment = assignment
        self._engine = connect(db_url)
        try:
            with self._transaction() as session:
                _make_tables(session.connection(), self._engine.url)
                _insert_missing(session, api.Course, "id", [course_id])
                self._notebook = _save_notebook(session, assignment, course_id)
                self._graded, self._commented = _save_cells(session, assignment, self._notebook)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        """Let go of the database."""
        self._engine.dispose()

    def record(self, *verdicts):
        """Write verdicts in one transaction: all of them, or none.

        A student who stands there already is graded anew: automatic scores are replaced, while scores by hand, extra
        credit and comments stay. As in nbgrader, a score by hand is marked for another look, and a cell that is graded
        by hand waits for it, unless nothing was handed in. A verdict on some of the checks leaves the others alone.
        """
        verdicts = {safe_id(verdict.student): verdict for verdict in verdicts}
        students = list(verdicts)
        with self._transaction() as session:
            for start in range(0, len(students), BATCH):
                self._record({student: verdicts[student] for student in students[start : start + BATCH]}, session)

    def catch_up(self, verdicts):
        """Record those of the verdicts whose scores do not stand there yet, as `record` does; returns how many."""
        with self._transaction() as session:
            standing = self._standing([safe_id(verdict.student) for verdict in verdicts], session)
        behind = [verdict for verdict in verdicts if not self._stands(verdict, standing)]
        self.record(*behind)
        return len(behind)

    def set_times(self, times):
        """Write when each of these students handed in, None where nobody knows: formgrader compares it."""
        about = api.SubmittedAssignment.__table__
        rows = [{"student": safe_id(student), "time": time} for student, time in times.items()]
        if rows:
            which = about.c.assignment_id == self._notebook[0], about.c.student_id == sql.bindparam("student")
            with self._transaction() as session:
                session.connection().execute(about.update().where(*which).values(timestamp=sql.bindparam("time")), rows)

    def _standing(self, students, session):
        """The automatic scores in the gradebook, by student and cell."""
        names = {cell_id: name for name, cell_id in self._graded.items()}
        assignment_id, notebook_id = self._notebook
        query = (
            sql.select(api.SubmittedAssignment.student_id, api.Grade.cell_id, api.Grade.auto_score)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
            .join(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
            .where(api.SubmittedAssignment.assignment_id == assignment_id)
            .where(api.SubmittedNotebook.notebook_id == notebook_id)
        )
        found = {}
        for start in range(0, len(students), BATCH):
            some = api.SubmittedAssignment.student_id.in_(students[start : start + BATCH])
            found |= {(student, names[cell]): score for student, cell, score in session.execute(query.where(some))}
        return found

    def _stands(self, verdict, standing):
        student = safe_id(verdict.student)
        absent = object()
        return all(standing.get((student, name), absent) == score for name, score in self._scores(verdict).items())

    def _record(self, verdicts, session):
        assignment_id, notebook_id = self._notebook
        _insert_missing(session, api.Student, "id", verdicts)
        submissions = _insert_missing(
            session, api.SubmittedAssignment, "student_id", verdicts, assignment_id=assignment_id
        )
        notebooks = _insert_missing(
            session, api.SubmittedNotebook, "assignment_id", submissions.values(), notebook_id=notebook_id
        )
        for cell_id in self._commented.values():
            _insert_missing(session, api.Comment, "notebook_id", notebooks.values(), cell_id=cell_id)
        grades = {
            name: _insert_missing(session, api.Grade, "notebook_id", notebooks.values(), cell_id=cell_id)
            for name, cell_id in self._graded.items()
        }
        session.connection().execute(
            _SET_GRADE,
            [
                {"grade": grades[name][notebooks[submissions[student]]], "score": score, "by_hand": score is None}
                for student, verdict in verdicts.items()
                for name, score in self._scores(verdict).items()
            ],
        )

    def _scores(self, verdict):
        """The automatic score of each graded cell; None where a person gives it."""
        by_hand = self._graded.keys() - {check.grade_id for check in self._assignment.checks}
        nothing_there = verdict.status == "missing" and not verdict.cells
        scores = dict.fromkeys(by_hand, 0.0 if nothing_there else None)
        return scores | {check.check: float(check.score) for check in verdict.checks}

    @contextlib.contextmanager
    def _transaction(self):
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except sql.exc.DBAPIError as error:
            raise UserError(
                f"the gradebook {_said(self._engine.url)} cannot be used: {_reason(error)}. Nothing of this step was written "
                "to it. See that the database can be reached and written, and that nobody else holds it; then grade again."
            ) from error


_GRADE = api.Grade.__table__
_SET_GRADE = (
    _GRADE.update()
    .where(_GRADE.c.id == sql.bindparam("grade"))
    .values(
        auto_score=sql.bindparam("score"),
        needs_manual_grade=sql.or_(sql.bindparam("by_hand", type_=sql.Boolean), _GRADE.c.manual_score.is_not(None)),
    )
)


def connect(db_url) -> sql.Engine:
    """An engine for a gradebook's address; ``UserError`` if it is none."""
    try:
        url = sql.make_url(db_url)
        return sql.create_engine(url, pool_pre_ping=True, connect_args=_waiting(url))
    except sql.exc.ArgumentError as error:
        raise UserError(
            f"--db {db_url!r} is no address of a database; expected one such as sqlite:///gradebook.db or "
            "postgresql://user@host/grades"
        ) from error
    except ImportError as error:
        raise UserError(f"this kind of database needs a Python package that is missing: {error.name}") from error


@contextlib.contextmanager
def reading(engine):
    """A session that reads a gradebook, and lets go of it; ``UserError`` if it cannot be read."""
    try:
        with Session(engine) as session:
            yield session
    except sql.exc.DBAPIError as error:
        raise UserError(f"the gradebook {_said(engine.url)} cannot be read: {_reason(error)}.") from error
    finally:
        engine.dispose()


def _said(url):
    return url.render_as_string(hide_password=True)


def _reason(error):
    return " ".join(str(error.orig).split()).rstrip(".")


def _waiting(url):
    """How long to wait for a lock, where a database would wait for ever and its URL does not say."""
    if url.get_backend_name() == "postgresql" and "options" not in url.query:
        return {"options": f"-c lock_timeout={LOCK_S}s"}
    return {}


def _make_tables(connection, url):
    """nbgrader's tables, and the version of them that its upgrades look for.

    nbgrader itself finds the version by a command that has to be on the PATH.
    """
    newest = ScriptDirectory(ALEMBIC_DIR).get_current_head()
    version = sql.Table("alembic_version", sql.MetaData(), sql.Column("version_num", sql.String(32), nullable=False))
    tables = sql.inspect(connection).get_table_names()
    if _GRADE.name not in tables:
        version.create(connection, checkfirst=True)
        connection.execute(version.insert().values(version_num=newest))
    elif version.name not in tables or connection.scalar(sql.select(version)) != newest:
        raise UserError(
            f"the gradebook {_said(url)} was made by another version of nbgrader. "
            "Bring it up to date by `nbgrader db upgrade`, then grade again."
        )
    api.Base.metadata.create_all(connection)


def _insert_missing(session, model, key, values, **fixed):
    """The id of the row for each value of a key, among rows with some columns fixed; made where there is none."""
    table, values = model.__table__, list(values)
    query = sql.select(table.c[key], table.c.id).where(
        table.c[key].in_(values), *(table.c[name] == value for name, value in fixed.items())
    )
    ids = dict(session.execute(query).all())
    new = [{"id": api.new_uuid(), **fixed, key: value} for value in values if value not in ids]
    if new:
        session.execute(table.insert(), new)
    return ids | {row[key]: row["id"] for row in new}


def _save_notebook(session, assignment, course_id):
    """The ids of the assignment and of its one notebook."""
    found = session.scalar(sql.select(api.Assignment.id).filter_by(name=assignment.name))
    if found is None:
        session.add(made := api.Assignment(assignment.name, course_id=course_id))
        session.flush()
        found = made.id
    notebook_id = _insert_missing(session, api.Notebook, "name", [assignment.name], assignment_id=found)[
        assignment.name
    ]
    session.get(api.Notebook, notebook_id).kernelspec = json.dumps(KERNELSPEC)
    return found, notebook_id


def _save_cells(session, assignment, notebook):
    """Make the gradebook's cells those of the released notebook.

    Returns
    -------
    graded, commented : dict
        The id of each cell that gets a grade, and of each that a comment can be made on, by name.
    """
    ids = {}
    for kind, cells in _cells(assignment.notebook).items():
        query = sql.select(kind).filter_by(notebook_id=notebook[1])
        standing = {cell.name: cell for cell in session.scalars(query)}
        for name in standing.keys() - cells.keys():
            _remove(session, standing[name], assignment)
        for name, fields in cells.items():
            if name not in standing:
                standing[name] = kind(id=api.new_uuid(), name=name, notebook_id=notebook[1])
                session.add(standing[name])
            for field, value in fields.items():
                setattr(standing[name], field, value)
        ids[kind] = {name: standing[name].id for name in cells}
    return ids[api.GradeCell] | ids[api.TaskCell], ids[api.SolutionCell] | ids[api.TaskCell]


def _cells(notebook):
    """What nbgrader's SaveCells would save: for each kind of cell, by name, its fields."""
    cells = {api.GradeCell: {}, api.SolutionCell: {}, api.TaskCell: {}, api.SourceCell: {}}
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        name = about.get("grade_id")
        if utils.is_solution(cell):
            cells[api.SolutionCell][name] = {}
        if utils.is_grade(cell) or utils.is_task(cell):
            kind = api.GradeCell if utils.is_grade(cell) else api.TaskCell
            cells[kind][name] = {"max_score": float(about.points), "cell_type": cell.cell_type}
        if utils.is_grade(cell) or utils.is_solution(cell) or utils.is_locked(cell) or utils.is_task(cell):
            cells[api.SourceCell][name] = {
                "cell_type": cell.cell_type,
                "locked": utils.is_locked(cell),
                "source": cell.source,
                "checksum": REFUSAL if utils.is_grade(cell) and utils.is_locked(cell) else about.get("checksum"),
            }
    return cells


def _remove(session, cell, assignment):
    """Drop a cell that the notebook no longer has, unless that would drop grades or comments with it."""
    for held in () if isinstance(cell, api.SourceCell) else (api.Grade, api.Comment):
        if session.scalar(sql.exists().where(held.cell_id == cell.id).select()):
            raise UserError(
                f"the gradebook holds grades or comments for the cell {cell.name!r}, which the notebook of "
                f"{assignment.name!r} no longer has. Put the cell back, or grade into a new gradebook (--db)."
            )
    session.delete(cell)
