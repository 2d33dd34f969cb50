"""Grading on a cluster: a real scheduler and real workers, some of which die."""

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import time
from itertools import count, islice

import pytest
from distributed import Client

from autograder import cluster, processes
from autograder.assignment import load
from autograder.errors import UserError
from autograder.grade import Grader, Job, ungraded
from autograder.intake import Collected
from tests.jobs import NAME, by_student, jobs
from tests.processes import alive, descendants

PATIENCE_S = 120  # for what other processes do, on however loaded a machine


class Quick:
    """A grader that grades nothing, and dies of the student called deadly."""

    def __call__(self, job):
        if job.collected.student == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.02)
        return ungraded(job, "missing", (), ())

    def close(self):
        pass


@pytest.fixture(scope="module")
def alone():
    """The verdicts of one process."""
    return by_student(processes.mapped(jobs(12), Grader, 1))


@contextlib.contextmanager
def dask(command, *words, **env):
    """A `dask scheduler` or `dask worker`; killed at the end, with all that it started."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{command}", "--no-dashboard", *map(str, words)]
    process = subprocess.Popen(command, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        started = descendants(process.pid)
        process.kill()
        process.wait()
        for pid, _ in alive(started):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def scheduler(folder):
    """A scheduler of its own: its process and its address."""
    file = folder / "scheduler.json"
    few = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}  # deaths of workers, so that the tests are short
    with dask("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", file, **few) as process:
        wait_for(file.exists)
        yield process, json.loads(file.read_text())["address"]


@contextlib.contextmanager
def worker(address, **env):
    with dask("worker", address, "--nthreads", 1, **env) as process:
        yield process


def wait_for(what):
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a scheduler with two workers, each in a process of its own, with a nanny that starts it again."""
    with scheduler(tmp_path_factory.mktemp("dask")) as (_, address):
        with worker(address), worker(address), Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE_S)
            yield address


@pytest.fixture
def pids(address):
    """A function that gives the pids of the workers that there are."""
    with Client(address, set_as_default=False) as client:
        yield lambda: list(client.run(os.getpid).values())


def test_a_cluster_gives_the_verdicts_of_one_process_and_a_killed_workers_jobs_to_another(address, pids, alone):
    victim, found = pids()[0], []
    for verdict in cluster.mapped(iter(jobs(12)), Grader, scheduler=address):
        if not found:
            os.kill(victim, signal.SIGKILL)
        found.append(verdict)
    assert by_student(found) == alone
    wait_for(lambda: len(pids()) == 2 and victim not in pids())


def test_a_submission_that_kills_workers_costs_nobody_else(address):
    deadly = Job(Collected("deadly", b""), NAME, seed=99)
    verdicts = by_student(cluster.mapped([*jobs(4), deadly, *jobs(12)[4:]], Quick, scheduler=address))
    lost = verdicts.pop("deadly")
    assert verdicts == {job.collected.student: ungraded(job, "missing", (), ()) for job in jobs(12)}
    assert (lost.status, lost.score, len(lost.checks)) == ("protocol", 0, len(load(NAME).checks))
    assert "instructor" in lost.notes[0] and "died" in lost.instructor_notes[0]


def test_jobs_are_taken_as_there_is_room_for_them(address):
    taken = count()
    endless = (Job(Collected("anna", b""), NAME, seed=next(taken)) for _ in count())
    with contextlib.closing(cluster.mapped(endless, Quick, scheduler=address)) as verdicts:
        assert len(list(islice(verdicts, 100))) == 100
    assert next(taken) <= 100 + 2 * cluster.JOBS


def test_nothing_is_left_running_on_the_workers(address, pids):
    with Client(address, set_as_default=False) as client:
        client.run(setattr, cluster, "IDLE_S", 0.5)
        list(cluster.mapped(jobs(3), Grader, scheduler=address))
        wait_for(lambda: not any(descendants(pid) for pid in pids()))
        client.run(setattr, cluster, "IDLE_S", cluster.IDLE_S)


def test_a_worker_of_another_version_is_refused_by_name(address, monkeypatch):
    monkeypatch.setattr(cluster, "version", lambda assignment: "of tomorrow")
    with pytest.raises(UserError, match=r"the worker tcp://127\.0\.0\.1:\d+ is .* on this machine of tomorrow"):
        list(cluster.mapped(jobs(3), Grader, scheduler=address))


def test_a_worker_without_walls_is_refused_by_name(tmp_path):
    with scheduler(tmp_path) as (_, address), worker(address, PATH=str(tmp_path)):
        with pytest.raises(UserError, match=r"On the worker tcp://127\.0\.0\.1:\d+: .*bubblewrap"):
            list(cluster.mapped(jobs(3), Grader, scheduler=address))


def test_a_scheduler_without_workers_is_not_waited_for_endlessly(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "LOOK_S", 0.1)
    monkeypatch.setattr(cluster, "ALONE_S", 0.3)
    with scheduler(tmp_path) as (_, address):
        with pytest.raises(UserError, match="has had no worker for 0.3 s"):
            list(cluster.mapped(jobs(1), Grader, scheduler=address))


def test_a_scheduler_that_is_lost_is_told_in_a_line_and_what_had_come_stays(tmp_path):
    found = []
    with scheduler(tmp_path) as (process, address), worker(address):
        with pytest.raises(UserError, match="^The scheduler .* kept") as told:
            for verdict in cluster.mapped(jobs(60), Quick, scheduler=address):
                found.append(verdict)
                process.kill()
    assert "\n" not in str(told.value)
    assert found and len(by_student(found)) < 60


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://127.0.0.1:9"])
def test_no_scheduler_there(address, monkeypatch, capfd):
    monkeypatch.setitem(cluster._SETTINGS, "distributed.comm.timeouts.connect", "1s")
    with pytest.raises(UserError, match="There is no Dask scheduler at") as told:
        list(cluster.mapped(jobs(1), Grader, scheduler=address))
    gc.collect()  # a client that is given up late prints a traceback
    assert "\n" not in str(told.value) and "Traceback" not in capfd.readouterr().err
