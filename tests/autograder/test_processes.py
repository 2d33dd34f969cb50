"""Grading side by side on this machine: the same verdicts, whichever process dies and whoever interrupts."""

import os
import signal
from contextlib import closing
from dataclasses import replace
from itertools import count, islice

import pytest

from autograder import processes
from autograder.errors import UserError
from autograder.grade import Grader
from tests.jobs import Dying, Refusing, Wordy, by_student, jobs, no_grader
from tests.processes import children_called, descendants, end, parents


def grading():
    """The processes that grade, and all that they have started. A browser or a database of other tests may run as well."""
    graders = children_called("autograder.worker")
    return graders.union(*(descendants(pid) for pid, _ in graders))


@pytest.fixture(scope="module")
def alone():
    """The verdicts of one process, which come in order."""
    verdicts = list(processes.mapped(jobs(), Grader, 1))
    assert [verdict.student for verdict in verdicts] == [job.collected.student for job in jobs()]
    return by_student(verdicts)


def test_three_processes_side_by_side_give_the_verdicts_of_one(alone):
    assert by_student(processes.mapped(jobs(), Grader, 3)) == alone


def test_processes_that_were_started_ahead_are_used_and_those_that_are_not_needed_end(alone):
    with processes.starting_ahead(Grader, 3):
        ahead = children_called("autograder.worker")
        verdicts = processes.mapped(jobs(), Grader, 2)
        found, met = [next(verdicts)], grading()
        used = children_called("autograder.worker")
        assert len(ahead) == 3 and len(used) == 2 and used < ahead
        assert by_student([*found, *verdicts]) == alone
    assert end(met)


@pytest.mark.parametrize("generation", ["grader", "sandbox", "warm process"])
def test_a_process_that_is_killed_costs_nobody_anything(alone, generation):
    found, met = [], set()
    for verdict in processes.mapped(jobs(), Grader, 2):
        found.append(verdict)
        if len(found) in (1, 4):
            line = {pid for pid, _ in children_called("autograder.worker")}
            for _ in range(["grader", "sandbox", "warm process"].index(generation)):
                line = {pid for (pid, _), father in parents().items() if father in line}
            met |= grading()
            os.kill(min(line), signal.SIGKILL)
    assert by_student(found) == alone
    assert end(met)


def test_a_submission_that_two_processes_died_of_is_the_only_one_without_a_grade(alone):
    found = by_student(processes.mapped(jobs(), Dying, 2))
    lost = found.pop("student-03")
    assert lost.fault and lost.status == "protocol" and lost.score == 0
    assert "Two processes" in lost.instructor_notes[0] and "Your instructor" in lost.notes[0]
    assert found == {student: verdict for student, verdict in alone.items() if student != "student-03"}


def test_whoever_stops_taking_verdicts_ends_the_work_under_way():
    """Here one that would go on for a minute."""
    endless = "import time\ndef sigmoid(x):\n    time.sleep(50)\n    return x"
    quick, slow = jobs(1), jobs(1, sigmoid=endless)
    with closing(processes.mapped([*slow, *quick], Grader, 2)) as verdicts:
        assert next(verdicts).score == 10
        assert (met := grading())
    assert end(met)


def test_jobs_are_taken_as_there_is_room_for_them():
    taken = count()
    endless = (job for job in iter(lambda: (next(taken), jobs(1)[0])[1], None))
    with closing(processes.mapped(endless, Grader, 2)) as verdicts:
        assert len(list(islice(verdicts, 3))) == 3
    assert next(taken) <= 3 + 2 * processes.AHEAD


def test_long_jobs_and_long_verdicts_pass_each_other():
    (job,) = jobs(1)
    job = replace(job, collected=replace(job.collected, data=bytes(2**22)))
    assert len(list(processes.mapped([job] * 6, Wordy, 2))) == 6


def test_a_grader_that_refuses_is_heard():
    with pytest.raises(UserError, match="A wall is down"):
        list(processes.mapped(jobs(), Refusing, 2))


def test_a_grader_that_cannot_be_started_is_no_submissions_fault():
    with pytest.raises(UserError, match="started 3 times, and died each time. No room for a grader"):
        list(processes.mapped(jobs(), no_grader, 2))
