"""Grading: one submission is a pure function of its bytes and a seed; a class is that function, mapped."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from tqdm import tqdm

from autograder import atomic, cluster, feedback, grades_csv
from autograder.assignment import Assignment, load
from autograder.checks import checks_of, diagnosis
from autograder.checks.draw import Draw
from autograder.checks.trial import Trial
from autograder.errors import UserError
from autograder.gradebook import Recorder
from autograder.intake import Collected, collect, parse
from autograder.sandbox import LIMITS, Budget, Limits, Sandbox, SandboxFault, Student
from autograder.sandbox.probe import require_walls
from autograder.student_id import safe_id
from autograder.verdict import CheckResult, Finding, Verdict

RECORD_EVERY = 100  # verdicts in one transaction of the gradebook


@dataclass(frozen=True)
class Job:
    """One submission on its way to the grader: all that its verdict depends on."""

    collected: Collected
    assignment: str
    seed: int


def grade_submission(job: Job, sandbox: Sandbox) -> Verdict:
    """The verdict on one submission. The same job gives the same verdict, as far as the student's code allows.

    Raises
    ------
    SandboxFault
        If the sandbox failed: no grade may come of that.
    """
    assignment, collected = load(job.assignment), job.collected
    if collected.status:
        return ungraded(job, collected.status, collected.notes, collected.instructor_notes)
    submission = parse(collected.data, assignment)
    notes = (*collected.notes, *submission.notes)
    instructor_notes = (*collected.instructor_notes, *submission.instructor_notes)
    if submission.status:
        return ungraded(job, submission.status, notes, instructor_notes)
    cells = [(cell.cell_id, cell.source) for cell in submission.cells]
    with sandbox.student(cells) as student:
        seeds = np.random.SeedSequence(job.seed).spawn(len(assignment.checks))
        results = [
            grade_check(cell, checks_of(assignment.name)[cell.function], student, np.random.default_rng(seed))
            for cell, seed in zip(assignment.checks, seeds, strict=True)
        ]
        notes += tuple(f"The cell “{cell_id}” was left out: {stop.text}" for cell_id, stop in student.skipped.items())
        runs = tuple(student.runs[cell_id] for cell_id, _ in cells if cell_id in student.runs)
    return Verdict(
        collected.student, assignment.name, tuple(results), notes, instructor_notes, runs, job.seed
    )


def grade_check(cell, check, student: Student, rng) -> CheckResult:
    """One check of one student."""
    limits = student.limits
    trial = Trial(cell.function, student, Draw(rng), Budget(limits.check_cpu_s, limits.check_wall_s))
    check(trial)
    result = trial.result(cell.grade_id, cell.points)
    mistake = diagnosis.diagnose(trial)
    findings = (diagnosis.finding(mistake),) if mistake else ()
    findings += tuple(with_link(finding, cell.section) for finding in result.findings)
    return replace(result, findings=findings, diagnosis=mistake.name if mistake else "")


def with_link(finding: Finding, section: str) -> Finding:
    """Where to reread: what the finding says itself, or the page that teaches this function."""
    return finding if finding.link else replace(finding, link=section)


def ungraded(job: Job, status: str, notes, instructor_notes) -> Verdict:
    """A verdict for a student whose notebook could not be graded: every check at 0 with that status."""
    checks = [CheckResult(cell.grade_id, 0, cell.points, status) for cell in load(job.assignment).checks]
    return Verdict(job.collected.student, job.assignment, tuple(checks), notes, instructor_notes, seed=job.seed)


class Grader:
    """Grades jobs one after the other in this process, with one warm sandbox.

    A sandbox that fails is started anew and the submission tried once more; one that breaks it twice gets the status
    ``protocol``, and the instructor is told.
    """

    def __init__(self, limits: Limits = LIMITS, trusted: bool = False):
        self.make_sandbox = partial(Sandbox, limits, trusted)
        self.sandbox = None

    def __call__(self, job: Job) -> Verdict:
        for attempt in (1, 2):
            try:
                self.sandbox = self.sandbox or self.make_sandbox()
                return grade_submission(job, self.sandbox)
            except SandboxFault as fault:
                self.close()
                if attempt == 2:
                    note = "The grader could not finish your submission. Your instructor has been told."
                    return ungraded(job, "protocol", (note,), (f"The sandbox failed twice: {fault}",))

    def close(self):
        if self.sandbox is not None:
            self.sandbox.close()
            self.sandbox = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def grade_class(
    name: str,
    submissions,
    out,
    workers: int = 1,
    scheduler: str | None = None,
    db_url: str | None = None,
    trusted: bool = False,
    seed: int | None = None,
    limits: Limits = LIMITS,
    progress: bool = True,
) -> list[Verdict]:
    """Grade a folder of submissions: grades.csv, feedback pages, the gradebook, and a record for the instructor.

    Parameters
    ----------
    name : str
        The assignment.
    submissions : path
        Holds ``<student>/NAME/NAME.ipynb``.
    out : path
        Gets ``grades.csv``, ``feedback/<student>/NAME.html``, ``instructor/NAME.jsonl`` (verdicts with seeds) and, unless
        `db_url` names another one, ``gradebook.db``.
    workers : int
        Processes on this machine.
    scheduler : str, optional
        Address of a Dask cluster to work on instead.
    db_url : str, optional
        SQLAlchemy's URL of the gradebook.
    trusted : bool
        Grade without walls.
    seed : int, optional
        Of the hidden inputs; drawn where it is not given, and kept in the record.

    Raises
    ------
    UserError
        If there is nothing to grade, or it cannot be written.
    """
    assignment = load(name)
    collected = list(collect(submissions, name, limits.notebook_bytes))
    out = Path(out)
    try:
        (out / "instructor").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {out} cannot be written: {error.strerror}.") from None
    if not trusted:
        with Sandbox(limits) as sandbox:
            require_walls(sandbox)
    seed = secrets.randbits(63) if seed is None else seed
    jobs = [Job(one, name, student_seed(seed, one.student)) for one in collected]
    url = db_url or f"sqlite:///{(out / 'gradebook.db').absolute()}"
    verdicts = []
    with Recorder(url, assignment) as recorder:
        bar = tqdm(total=len(jobs), desc=f"grading {name}", unit="submission", disable=not progress, file=sys.stderr)
        with bar:
            for batch in batches(cluster.mapped(jobs, partial(Grader, limits, trusted), workers, scheduler)):
                for verdict in batch:
                    feedback.write(out, verdict, assignment)
                    bar.update()
                recorder.record_many(batch)
                verdicts += batch
    verdicts.sort(key=lambda verdict: verdict.student)
    grades_csv.write(out / "grades.csv", verdicts)
    with atomic.writing(out / "instructor" / f"{name}.jsonl") as file:
        file.writelines(verdict.to_json() + "\n" for verdict in verdicts)
    return verdicts


def student_seed(seed: int, student: str) -> int:
    """A seed of the student's own for this run."""
    words = [seed % 2**32, seed // 2**32 % 2**32, *safe_id(student).encode()]
    return int(np.random.SeedSequence(words).generate_state(1, np.uint64)[0] >> 1)


def batches(verdicts: Iterator[Verdict]) -> Iterator[list[Verdict]]:
    """Verdicts in lists, so that the gradebook is written in a few transactions."""
    batch = []
    for verdict in verdicts:
        batch.append(verdict)
        if len(batch) == RECORD_EVERY:
            yield batch
            batch = []
    if batch:
        yield batch


def summary(verdicts: list[Verdict]) -> str:
    """A few lines for the terminal."""
    counts = {}
    for verdict in verdicts:
        counts[verdict.status] = counts.get(verdict.status, 0) + 1
    listed = ", ".join(f"{count} {status}" for status, count in counts.items())
    mean = np.mean([verdict.score for verdict in verdicts])
    return f"{len(verdicts)} submissions: {listed}. Mean score {mean:.2f} of {verdicts[0].max_score:g}."
