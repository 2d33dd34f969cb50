"""Jobs for the tests of where they are graded: a class in which every second student's sigmoid is wrong."""

import json

from autograder.grade import Job
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
