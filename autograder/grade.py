"""Grading one submission: a pure function of its bytes and a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from autograder.assignment import load
from autograder.checks import checks_of, diagnosis
from autograder.checks.draw import Draw
from autograder.checks.trial import Trial
from autograder.intake import Collected, parse
from autograder.sandbox import LIMITS, Budget, Limits, Sandbox, SandboxFault, Student
from autograder.sandbox.probe import require_walls
from autograder.verdict import CheckResult, Finding, Verdict


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
    spare = {cell_id for cell_id, _ in cells if cell_id.startswith("test_")}
    with sandbox.student(cells, spare) as student:
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
    """Grades jobs one after the other in this process, with one warm sandbox, whose walls it has tried first.

    A sandbox that fails is started anew and the submission tried once more; one that breaks it twice gets the status
    ``protocol``, and the instructor is told.
    """

    def __init__(self, limits: Limits = LIMITS, trusted: bool = False):
        self.limits, self.trusted = limits, trusted
        self.sandbox = None

    def start(self):
        """A warm sandbox; ``UserError`` if one of its walls is down."""
        self.sandbox = Sandbox(self.limits, self.trusted)
        if not self.trusted:
            try:
                require_walls(self.sandbox)
            except BaseException:
                self.close()
                raise

    def __call__(self, job: Job) -> Verdict:
        for attempt in (1, 2):
            try:
                if self.sandbox is None:
                    self.start()
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
