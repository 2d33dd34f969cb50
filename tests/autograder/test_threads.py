"""Grading side by side on this machine: the same verdicts, whichever sandbox dies and whoever interrupts."""

import os
import signal
import threading
from contextlib import closing
from itertools import count, islice

import pytest

from autograder import threads
from autograder.errors import UserError
from autograder.grade import Grader
from tests.jobs import by_student, jobs
from tests.processes import descendants


@pytest.fixture(scope="module")
def alone():
    """The verdicts of one sandbox, which come in order."""
    verdicts = list(threads.mapped(jobs(), Grader, 1))
    assert [verdict.student for verdict in verdicts] == [job.collected.student for job in jobs()]
    return by_student(verdicts)


def test_three_sandboxes_side_by_side_give_the_verdicts_of_one(alone):
    assert by_student(threads.mapped(jobs(), Grader, 3)) == alone


def test_a_sandbox_that_is_killed_costs_nobody_anything(alone):
    graders, found = [], []

    def make_grader():
        graders.append(Grader())
        return graders[-1]

    before = descendants(os.getpid())
    for verdict in threads.mapped(jobs(), make_grader, 2):
        if not found:
            os.kill(graders[0].sandbox.process.pid, signal.SIGKILL)
        found.append(verdict)
    assert by_student(found) == alone
    assert descendants(os.getpid()) <= before


def test_whoever_stops_taking_verdicts_ends_the_work_under_way():
    """Here one that would go on for a minute."""
    before = descendants(os.getpid())
    endless = "import time\ndef sigmoid(x):\n    time.sleep(50)\n    return x"
    quick, slow = jobs(1), jobs(1, sigmoid=endless)
    with closing(threads.mapped([*slow, *quick], Grader, 2)) as verdicts:
        assert next(verdicts).score == 10
        assert descendants(os.getpid()) > before
    assert descendants(os.getpid()) <= before
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("grader")]


def test_jobs_are_taken_as_there_is_room_for_them():
    taken = count()
    endless = (job for job in iter(lambda: (next(taken), jobs(1)[0])[1], None))
    with closing(threads.mapped(endless, Grader, 2)) as verdicts:
        assert len(list(islice(verdicts, 3))) == 3
    assert next(taken) <= 3 + 2 * threads.AHEAD


def test_a_grader_that_refuses_is_heard():
    class Refusing(Grader):
        def __call__(self, job):
            raise UserError("A wall is down.")

    with pytest.raises(UserError, match="A wall is down"):
        list(threads.mapped(jobs(), Refusing, 2))
