"""For the tests of where jobs are graded: a class in which every second student's sigmoid is wrong, and odd graders."""

import json
import os
import sys

from autograder.errors import UserError
from autograder.grade import Grader, Job, ungraded
from autograder.intake import Collected
from tests.notebooks import as_json, solution, solved

NAME = "gates"


def jobs(number=8, **changes):
    """So many submissions; ``changes`` are to the functions of the right ones."""
    wrong = solved(NAME, sigmoid=solution(NAME, "sigmoid") + "\nsigmoid = lambda x: 0 * x")
    notebooks = [json.dumps(as_json(notebook)).encode() for notebook in (solved(NAME, **changes), wrong)]
    return [Job(Collected(f"student-{k:02}", notebooks[k % 2]), NAME, seed=k) for k in range(number)]


def by_student(verdicts):
    """Verdicts by their students, of whom each has one."""
    verdicts = list(verdicts)
    assert len({verdict.student for verdict in verdicts}) == len(verdicts), "a student was graded twice"
    return {verdict.student: verdict for verdict in verdicts}


class Refusing(Grader):
    """A grader that finds a wall down at its first job."""

    def __call__(self, job):
        raise UserError("A wall is down.")


class Dying(Grader):
    """A grader whose process is ended by one submission."""

    def __call__(self, job):
        if job.collected.student == "student-03":
            os._exit(1)
        return super().__call__(job)


class Wordy(Grader):
    """A grader whose verdicts are long, and which needs no sandbox."""

    def start(self):
        pass

    def __call__(self, job):
        return ungraded(job, "failed", ("!" * 2**22,), ())


def no_grader():
    """It dies before it is there."""
    sys.exit("No room for a grader.")
