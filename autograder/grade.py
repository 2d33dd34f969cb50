"""Grading one submission: a pure function of its bytes and a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from autograder.assignment import load
from autograder.checks import checks_of, diagnosis
from autograder.checks.draw import Draw
from autograder.checks.trial import Trial
from autograder.errors import SandboxFault, UserError
from autograder.intake import Collected, parse
from autograder.sandbox import LIMITS, Budget, Limits, Sandbox, Student
from autograder.sandbox.probe import NEEDS, require_walls
from autograder.verdict import CheckResult, Finding, Verdict

STARTS = 3  # attempts at a warm sandbox
DEATHS = ("error", "memory", "protocol")  # of a student's process, that another function's call may have led to


@dataclass(frozen=True)
class Job:
    """One submission on its way to the grader: all that its verdict depends on. No ``checks`` named are all of them."""

    collected: Collected
    assignment: str
    seed: int
    checks: tuple[str, ...] = ()

    def asks_for(self, cell) -> bool:
        return not self.checks or cell.grade_id in self.checks


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
    spare = {cell_id for cell_id, source in cells if cell_id.startswith("test_") or source in assignment.experiments}
    now, later = put_off(cells, assignment.experiments)
    with sandbox.student(now, spare, later) as student:
        seeds = np.random.SeedSequence(job.seed).spawn(len(assignment.checks))
        results = [
            grade_check(cell, checks_of(assignment.name)[cell.function], student, seed)
            for cell, seed in zip(assignment.checks, seeds, strict=True)
            if job.asks_for(cell)
        ]
        notes += tuple(f"The cell “{cell_id}” was left out: {stop.text}" for cell_id, stop in student.skipped.items())
        runs = tuple(student.runs[cell_id] for cell_id, _ in cells if cell_id in student.runs)
    return Verdict(collected.student, assignment.name, tuple(results), notes, instructor_notes, runs, job.seed)


def put_off(cells, experiments):
    """The cells that run, and the experiments at the end that are as they were given: what is graded stands before them."""
    end = len(cells)
    while end and cells[end - 1][1] in experiments:
        end -= 1
    return cells[:end], cells[end:]


def grade_check(cell, check, student: Student, seed) -> CheckResult:
    """One check of one student.

    A function may use a name that only a cell defines which was put off: then that runs, too.

    A process may have been spoilt by what ran in it before: another function, or a test. So where it died, the check is
    tried once more in one that has run nothing but the cells.
    """
    fresh = student.fresh
    trial = tried(cell, check, student, seed)
    if student.lacks_a_name and student.later:
        student.run_later()
        trial = tried(cell, check, student, seed)
    if trial.stopped in DEATHS and not fresh:
        student.start_over()
        trial = tried(cell, check, student, seed)
    result = trial.result(cell.grade_id, cell.points)
    mistake = diagnosis.diagnose(trial)
    findings = (diagnosis.finding(mistake),) if mistake else ()
    findings += tuple(with_link(finding, cell.section) for finding in result.findings)
    return replace(result, findings=findings, diagnosis=mistake.name if mistake else "")


def tried(cell, check, student, seed) -> Trial:
    limits = student.limits
    draw, budget = Draw(np.random.default_rng(seed)), Budget(limits.check_cpu_s, limits.check_wall_s)
    trial = Trial(cell.function, student, draw, budget)
    check(trial)
    return trial


def with_link(finding: Finding, section: str) -> Finding:
    """Where to reread: what the finding says itself, or the page that teaches this function."""
    return finding if finding.link else replace(finding, link=section)


def ungraded(job: Job, status: str, notes, instructor_notes, fault=False) -> Verdict:
    """A verdict for a student whose notebook could not be graded: every check at 0 with that status."""
    cells = filter(job.asks_for, load(job.assignment).checks)
    checks = tuple(CheckResult(cell.grade_id, 0, cell.points, status) for cell in cells)
    return Verdict(
        job.collected.student, job.assignment, checks, notes, instructor_notes, seed=job.seed, fault=fault
    )


def given_up(job: Job, fact: str, fault: bool) -> Verdict:
    """The verdict on a submission that could not be graded to its end, for a reason that the instructor is told."""
    note = "The grader could not finish your submission. Your instructor has been told."
    return ungraded(job, "protocol", (note,), (fact,), fault=fault)


class Grader:
    """Grades jobs one after the other in this process, with one warm sandbox, whose walls it has tried first.

    A sandbox that fails is started anew and the submission tried once more; one that breaks it twice gets the status
    ``protocol``, and the instructor is told. That the sandbox does not start is no submission's fault: ``UserError``.
    """

    def __init__(self, limits: Limits = LIMITS, trusted: bool = False):
        self.limits, self.trusted = limits, trusted
        self.sandbox, self.abandoned = None, False

    def start(self):
        """A warm sandbox; ``UserError`` if one of its walls is down, or if it fails whenever it is started."""
        faults = []
        while len(faults) < STARTS:
            try:
                self.sandbox = Sandbox(self.limits, self.trusted)
                if not self.trusted:
                    require_walls(self.sandbox)
                return
            except SandboxFault as fault:
                faults.append(fault)
                self.close()
                if self.abandoned:
                    raise
            except BaseException:
                self.close()
                raise
        raise UserError(f"The sandbox was started {STARTS} times, and failed each time. {faults[-1]} {NEEDS}")

    def __call__(self, job: Job) -> Verdict:
        for attempt in (1, 2):
            if self.sandbox is None:
                self.start()
            try:
                return grade_submission(job, self.sandbox)
            except SandboxFault as fault:
                if self.abandoned:
                    raise
                told = f"The sandbox failed twice: {fault}"
            except UserError:
                raise
            except Exception as error:  # no submission stops a batch
                told = f"The grader met an error of its own, twice: {repr(error)[:500]}"
            self.close()
        return given_up(job, told, fault=True)

    def abandon(self):
        """End the job under way in another thread, which gets a ``SandboxFault`` instead of its verdict."""
        self.abandoned = True
        if self.sandbox is not None:
            self.sandbox.kill()

    def close(self):
        if self.sandbox is not None:
            self.sandbox.close()
            self.sandbox = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
