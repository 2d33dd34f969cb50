"""nbgrader's own ways, by this course's walls and checks: its commands, and the buttons of its formgrader.

`configure` is what the repository's nbgrader_config.py calls. From then on nbgrader's converters and its validator do
the course's work, wherever they are started from. Where that file is missing or broken, nbgrader's own executor can
grade nothing: see `autograder.gradebook.REFUSAL`.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import stat
import sys
from datetime import datetime
from fnmatch import fnmatchcase
from html import escape
from itertools import chain
from pathlib import Path

from nbformat import v4
from nbgrader import utils
from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, GenerateAssignment, GenerateSolution, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.validator import Validator

from autograder import formgrader
from autograder.assignment import ASSIGNMENTS, load
from autograder.classroom import grade_class
from autograder.errors import UserError
from autograder.grade import Grader, Job
from autograder.gradebook import Recorder
from autograder.intake import Collected, restored, students, timestamp
from autograder.release import release
from autograder.student_id import safe_id

EXERCISES = "book/exercises"  # from the course's root


def configure(config, root):
    """Set nbgrader up for the course in the folder ``root``.

    Parameters
    ----------
    config : traitlets.config.Config
        What ``get_config()`` gives in an nbgrader_config.py.
    root : path
        nbgrader's folders ``submitted``, ``autograded`` and ``feedback`` and its gradebook.db are in it.
    """
    config.CourseDirectory.root = str(root)
    # The masters are text, in solutions/; what formgrader can list, show and hand out is the students' notebooks.
    config.CourseDirectory.source_directory = EXERCISES
    config.CourseDirectory.release_directory = EXERCISES
    # nbgrader runs `alembic` by its bare name to make a gradebook; it lies beside the Python that runs.
    path = os.environ.get("PATH", "").split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(dict.fromkeys([str(Path(sys.executable).parent), *path]))
    Autograde.start = autograde
    GenerateAssignment.start = generate_assignment
    GenerateSolution.start = generate_solution
    Validator.validate = validate
    ExchangeCollect._path_to_record = record
    ExchangeCollect._sort_by_timestamp = newest_first
    ExchangeCollect.copy_files = collect
    # A student's timestamp.txt may be anything; by itself nbgrader stops at what is no time, or waits for its end.
    CourseDirectory.get_existing_timestamp = lambda course, folder: timestamp(folder)
    NbGraderAPI.get_submitted_timestamp = submitted_timestamp


def submitted_timestamp(api, assignment_id, student_id):
    """What formgrader compares with the gradebook's, to know whether a submission has been graded."""
    return timestamp(api.coursedir.format_path(api.coursedir.submitted_directory, student_id, assignment_id))


def autograde(converter):
    """``nbgrader autograde NAME`` and formgrader's button: the same as ``python -m autograder grade`` into this folder.

    With ``--force``, as the button does it, everything asked for is graded anew; else what is new or changed.
    """
    course = converter.coursedir
    with failing_as_nbgrader(converter.log):
        name = load(course.assignment_id).name
        submissions = course.format_path(course.submitted_directory, ".", ".")
        chosen = {student for student in students(submissions, name) if is_chosen(student, course)}
        if not chosen:
            raise UserError(f"No student in {submissions} matches {course.student_id!r}.")
        graded = grade_class(
            name,
            submissions,
            course.root,
            db_url=course.db_url,
            regrade=["all"] if converter.force else [],
            only=chosen,
            progress=sys.stderr.isatty(),
        )
        for verdict in graded.verdicts:
            if verdict.student in chosen:
                done = f"{verdict.score:g} of {verdict.max_score:g}, {verdict.status}"
                converter.log.info("%s: %s", safe_id(verdict.student), done)
        penalize_late(converter, name, chosen)


def is_chosen(student, course) -> bool:
    """Whether nbgrader is asked for a student: by ``--student``, a pattern or an id as it is, and not excluded."""
    ids = {student, safe_id(student)}
    asked = course.student_id in ids or any(fnmatchcase(name, course.student_id) for name in ids)
    return asked and not ids & {*course.student_id_exclude.split(",")}


def penalize_late(converter, name, chosen):
    """What nbgrader's plugin for late submissions takes off, as it is configured: by itself, nothing."""
    db_url = converter.coursedir.db_url
    late = SubmittedAssignment.timestamp > Assignment.duedate
    penalized = SubmittedNotebook.late_submission_penalty.is_not(None)
    with Gradebook(db_url) as gradebook:
        query = gradebook.db.query(SubmittedAssignment.student_id).join(Assignment).join(SubmittedNotebook)
        found = {student for (student,) in query.filter(Assignment.name == name, late | penalized)}
    for student in found & {safe_id(student) for student in chosen}:
        about = {"student": student, "assignment": name, "notebook": name, "db_url": db_url}
        AssignLatePenalties(parent=converter).preprocess(v4.new_notebook(), {"nbgrader": about})


def generate_assignment(converter):
    """``nbgrader generate_assignment NAME`` and formgrader's button: the same as ``make release`` for one of them.

    The gradebook knows the assignment from then on; ``autograde`` sees to that too.
    """
    course = converter.coursedir
    with failing_as_nbgrader(converter.log):
        path = release(course.assignment_id, course.format_path(course.release_directory, ".", "."))
        load.cache_clear()
        Recorder(course.db_url, load(course.assignment_id)).close()
        converter.log.info("Released %s, from solutions/%s.md", path, course.assignment_id)


def generate_solution(converter):
    """``nbgrader generate_solution NAME``: says where it is."""
    with failing_as_nbgrader(converter.log):
        name = load(converter.coursedir.assignment_id).name
        made = f".venv/bin/jupytext --to ipynb --output {name}.ipynb solutions/{name}.md"
        raise UserError(f"The solutions of {name} are in solutions/{name}.md. To make a notebook of it: {made}")


def record(collector, path, nbgraders=ExchangeCollect._path_to_record):
    """What nbgrader reads from the name of a folder in the exchange; any name may stand there, and none stops it."""
    try:
        return nbgraders(collector, path)
    except Exception:  # dateutil has many for what is no time
        name = os.path.basename(path)
        return {"username": name.partition("+")[0], "filename": name, "timestamp": datetime.min, "wrong": "bears no time"}


def newest_first(collector, records):
    """A student's submissions in the exchange, of which nbgrader takes the first: what can be taken, if anything can.

    Everybody on a hub can put into the exchange what bears another's name; nbgrader warns, and takes it.
    """
    for record in records:
        record["wrong"] = record.get("wrong") or wrong(collector, record)
        if record["wrong"]:
            collector.log.error("Left out: %s %s", record["filename"], record["wrong"])
    fit = [record for record in records if not record["wrong"]]
    return sorted(fit or records, key=lambda record: record["timestamp"], reverse=True)


def collect(collector, nbgraders=ExchangeCollect.copy_files):
    """``nbgrader collect NAME`` and formgrader's button: nbgrader's, without what cannot be taken."""
    collector.src_records = [record for record in collector.src_records if not record["wrong"]]
    nbgraders(collector)


def wrong(collector, record) -> str:
    """Why a submission in the exchange cannot be taken; empty if it can.

    A link would be followed with the instructor's rights, and hand in what its student cannot read.
    """
    folder = Path(collector.inbound_path, record["filename"])
    if collector.check_owner:
        owner = folder.lstat().st_uid
        try:
            owner = pwd.getpwuid(owner).pw_name
        except KeyError:
            pass  # a user who is gone, or known elsewhere
        if owner != record["username"]:
            return f"is said to be of {record['username']}, but {owner} made it (--ExchangeCollect.check_owner=False takes it)"
    for path in chain([folder], folder.rglob("*")):  # one by one: nobody looks through what a link leads to
        is_folder = stat.S_ISDIR(mode := path.lstat().st_mode)
        if not (is_folder or stat.S_ISREG(mode)):
            return f"holds {path.name}, which is neither a file nor a folder"
        if not os.access(path, os.R_OK | os.X_OK if is_folder else os.R_OK):
            return f"holds {path.name}, which cannot be read"
    return ""


def validate(validator, filename):
    """``nbgrader validate NOTEBOOK`` and its button in JupyterLab: what grading would say of the notebook.

    Returns
    -------
    dict
        As nbgrader has it: "failed" with the cells that would not get full points, each with the reason; with
        ``--invert``, "passed" with those that would.
    """
    try:
        data = Path(filename).read_bytes()
        assignment = load(assignment_of(filename, data))
        with Grader() as grader:
            verdict = grader(Job(Collected("", data), assignment.name, secrets.randbits(63)))
        if verdict.status == "rejected":
            raise UserError(" ".join(verdict.notes))
    except (UserError, OSError) as error:
        raise SystemExit(f"nbgrader validate: {error}") from None  # what else is raised is logged with its traceback
    for note in verdict.notes:
        validator.log.warning(note)
    cells = {cell.id: cell for cell in assignment.notebook.cells}
    passed = [{"source": cells[check.check].source} for check in verdict.checks if check.status == "passed"]
    if validator.invert:
        return {"passed": passed} if passed else {}
    lacking = {check.check: formgrader.told(check) for check in verdict.checks if check.status != "passed"}
    for cell in restored(data, assignment).cells:
        if cell.cell_type == "markdown" and utils.is_grade(cell) and cell.source == cells[cell.id].source:
            lacking[cell.id] = "You did not provide a response."
    failed = [{"source": cells[name].source, "raw_error": t, "error": escape(t)} for name, t in lacking.items()]
    return {"failed": failed} if failed else {}


def assignment_of(filename, data) -> str:
    """Which assignment a notebook is: by its name, else by the check cells in it."""
    name = Path(filename).stem
    if name in ASSIGNMENTS:
        return name
    found = {name: sum(check.grade_id.encode() in data for check in load(name).checks) for name in ASSIGNMENTS}
    best = max(found, key=found.get)
    if not found[best]:
        raise UserError(f"{filename} is none of the course's exercises, which are {', '.join(ASSIGNMENTS)}.")
    return best


@contextlib.contextmanager
def failing_as_nbgrader(log):
    """What went wrong becomes one line of nbgrader's log, and the command's exit code or the button's message."""
    try:
        yield
    except UserError as error:
        log.error("%s", error)
        raise NbGraderException(str(error)) from None
