"""Grading a class: submissions in, grades.csv, feedback pages and the gradebook out, with one writer.

Each verdict goes into the record (`autograder.journal`) as it comes; the rest is derived from that, so that a run may
be killed at any moment, and the same command goes on where it stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from tqdm import tqdm

from autograder import cluster, feedback, fingerprint, formgrader, grades_csv, journal, processes, worker
from autograder.assignment import ASSIGNMENTS, Assignment, load
from autograder.errors import UserError
from autograder.grade import Job
from autograder.gradebook import Recorder
from autograder.intake import Collected, collect_one, students, timestamp
from autograder.journal import Journal, Verdicts
from autograder.regrade import OUTDATED, Regrade
from autograder.sandbox import LIMITS, Limits
from autograder.student_id import safe_id
from autograder.verdict import Verdict

AT_ONCE = 100  # verdicts between two marks in the record, and in one transaction of the gradebook


@dataclass(frozen=True)
class Graded:
    """What a run left: all verdicts, how many stood there already, how many are by another version of the grader."""

    verdicts: Verdicts
    kept: int
    outdated: int


def grade_class(
    name: str,
    submissions,
    out,
    workers: int | None = None,
    scheduler: str | None = None,
    db_url: str | None = None,
    trusted: bool = False,
    seed: int | None = None,
    regrade: Iterable[str] = (),
    only: Iterable[str] | None = None,
    book_url: str = "",
    limits: Limits = LIMITS,
    progress: bool = True,
) -> Graded:
    """Grade a folder of submissions: grades.csv, feedback pages, the gradebook, and a record for the instructor.

    What stands in the record for the same bytes stays as it is. What a killed run left undone is done.

    Parameters
    ----------
    name : str
        The assignment.
    submissions : path
        Holds ``<student>/NAME/NAME.ipynb``.
    out : path
        Gets ``grades.csv``, ``feedback/<student>/NAME.html``, ``instructor/NAME.jsonl`` (verdicts with seeds),
        ``autograded/`` for nbgrader's formgrader and, unless `db_url` names another one, ``gradebook.db``.
    workers : int, optional
        Processes on this machine, each with a sandbox; default: as many as are of use on its cores.
    scheduler : str, optional
        Address of a Dask cluster to work on instead.
    db_url : str, optional
        SQLAlchemy's URL of the gradebook.
    trusted : bool
        Grade without walls.
    seed : int, optional
        Of the hidden inputs; drawn where it is not given, and kept in the record.
    regrade : iterable of str
        Students, checks, ``all`` or ``outdated``: what is graded anew although nothing was handed in anew.
    only : iterable of str, optional
        The students to look at, by their folders' names; default: everyone.
    book_url : str
        Address of the published book, for the feedback's links; default: that of the book's settings, ``_config.yml``.
        Without one, the book's sections are named.

    Raises
    ------
    UserError
        If there is nothing to grade, or it cannot be written. What is graded by then stays graded.
    """
    assignment, out = load(name), Path(out)
    present = students(submissions, name)
    if only is not None:
        present = sorted(set(only).intersection(present))
    regrade = tuple(regrade)
    wanted = Regrade.asked(regrade, assignment, present)
    book_url = book_url or feedback.published()
    grader, pages = fingerprint.of_grader(name, limits), fingerprint.of_pages(name, book_url)
    read = partial(collect_one, submissions, assignment_name=name, max_bytes=limits.notebook_bytes)
    bar = partial(tqdm, unit="submission", disable=not progress, file=sys.stderr)
    with (
        Journal(out / "instructor" / f"{name}.jsonl") as record,
        Recorder(db_url or f"sqlite:///{(out / 'gradebook.db').absolute()}", assignment) as recorder,
    ):
        run = record.begin(seed, regrade)
        todo = plan(present, record, wanted, grader, read)
        here = set(present)
        mark = partial(record.written, pages) if only is None else lambda: None  # nobody looked at the others' pages
        concerned = here if only is not None else record.entries
        graded = (student for student in record.entries if student in concerned and student not in todo)
        lacking = [student for student in graded if lacks(out, student, name, record, pages)]
        for verdict in bar(record.verdicts(lacking), desc="pages", leave=False):
            write_pages(out, verdict, read(verdict.student) if verdict.student in here else None, assignment, book_url)
        mark()

        in_flight: dict[str, Collected] = {}

        def jobs() -> Iterator[Job]:
            for student, checks in todo.items():
                in_flight[student] = read(student)
                yield Job(in_flight[student], name, student_seed(run.seed, student), checks)

        kept = len(present) - len(todo)
        said = f"grading {name}" + (f" ({kept} already graded)" if kept else "")
        make_grader = partial(worker.grader, limits, trusted)
        if scheduler:
            verdicts = cluster.mapped(jobs(), make_grader, scheduler)
        else:
            verdicts = processes.mapped(jobs(), make_grader, min(workers or processes.cores(), max(1, len(todo))))
        with closing(verdicts):
            for number, verdict in enumerate(bar(verdicts, desc=said, total=len(present), initial=kept), 1):
                collected = in_flight.pop(verdict.student)
                if len(verdict.checks) < len(assignment.checks):
                    verdict = merged(record.verdicts([verdict.student])[0], verdict)
                record.add(verdict, fingerprint.of_hand_in(collected), grader)
                write_pages(out, verdict, collected, assignment, book_url)
                if number % AT_ONCE == 0:
                    mark()
        mark()

        try:
            for batch in batches(bar(record.verdicts(), desc="gradebook", leave=False)):
                recorder.catch_up(batch)
        except UserError as error:
            raise UserError(f"{error} All grades are kept in {record.path}.") from None
        folders = {student: Path(submissions, student, name) for student in present}
        recorder.set_times({student: timestamp(folder) for student, folder in folders.items()})
        for student, folder in folders.items():
            formgrader.take_along(folder, out, student, name)
        grades_csv.write(out / "grades.csv", recorded(out))
        record.done()
        outdated = sum(entry.grader != grader for entry in record.entries.values())
        return Graded(record.verdicts(), kept, outdated)


def plan(present, record: Journal, wanted: Regrade, grader: str, read) -> dict[str, tuple[str, ...]]:
    """Who is to be graded, in order, and in which checks; no check named is all of them."""
    todo = {}
    for student in present:
        entry = record.entries.get(student)
        if entry is None or entry.fault or entry.handed_in != fingerprint.of_hand_in(read(student)):
            todo[student] = ()
        elif student not in record.graded and wanted.asks_for(student, entry, grader):
            todo[student] = wanted.checks
    return todo


def merged(before: Verdict, again: Verdict) -> Verdict:
    """A verdict in which some checks were graded again."""
    new = {check.check: check for check in again.checks}
    note = f"Graded again, on its own: {', '.join(new)}. The other checks' inputs came of the seed {before.seed}."
    return replace(
        again,
        checks=tuple(new.get(check.check, check) for check in before.checks),
        instructor_notes=(*again.instructor_notes, note),
    )


def write_pages(out: Path, verdict: Verdict, collected: Collected | None, assignment: Assignment, book_url: str):
    """The student's page, and the notebook that formgrader shows; without what was handed in, the page alone."""
    feedback.write(out, verdict, assignment, book_url)
    if collected:
        formgrader.write(out, collected.data, verdict, assignment)


def lacks(out: Path, student: str, name: str, record: Journal, pages: str) -> bool:
    """Whether what is derived from a verdict is missing, or may be of an earlier one."""
    if record.pages != pages or student in record.unwritten:
        return True
    student = safe_id(student)
    page, notebook = out / "feedback" / student / f"{name}.html", out / "autograded" / student / name / f"{name}.ipynb"
    return not (page.is_file() and notebook.is_file())


def recorded(out: Path) -> Iterator[Verdict]:
    """All verdicts that stand in a folder, of every assignment that was graded into it."""
    for name in ASSIGNMENTS:
        path = out / "instructor" / f"{name}.jsonl"
        if path.exists():
            yield from journal.read(path)


def student_seed(seed: int, student: str) -> int:
    """A seed of the student's own for this run."""
    words = [seed % 2**32, seed // 2**32 % 2**32, *safe_id(student).encode()]
    return int(np.random.SeedSequence(words).generate_state(1, np.uint64)[0] >> 1)


def batches(verdicts: Iterable[Verdict]) -> Iterator[list[Verdict]]:
    """Verdicts in lists, so that the gradebook is written in a few transactions."""
    verdicts = iter(verdicts)
    while batch := list(islice(verdicts, AT_ONCE)):
        yield batch


def summary(graded: Graded) -> str:
    """A few lines for the terminal."""
    counts, scores = {}, []
    for verdict in graded.verdicts:
        counts[verdict.status] = counts.get(verdict.status, 0) + 1
        scores.append(verdict.score)
    listed = ", ".join(f"{count} {status}" for status, count in counts.items())
    said = f"{len(scores)} submissions: {listed}. Mean score {np.mean(scores):.2f} of {verdict.max_score:g}."
    if graded.kept:
        said += f"\nAlready graded, and kept: {graded.kept}. To grade everyone anew: --regrade all."
    if graded.outdated:
        said += (
            f"\nGraded by another version of the checks, the sandbox or the limits, and kept: {graded.outdated}. "
            f"To grade these anew: --regrade {OUTDATED}."
        )
    return said
