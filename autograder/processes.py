"""Submissions graded side by side: processes of this machine, each with a sandbox of its own.

Threads would wait for each other: half of the work of grading is Python's own, which runs in one thread at a time.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from autograder.errors import UserError

if TYPE_CHECKING:  # slow to import, and the command line asks here for `cores` before anything else
    from autograder.grade import Job
    from autograder.verdict import Verdict

AHEAD = 2  # jobs that each process is given: the next one is there when it has done one
DEATHS = 2  # of processes that were given the same job: it is not tried again
STARTS = 3  # attempts at a process
MOST = 8  # more would wait for the one that writes: a tenth of the work is its own


def cores() -> int:
    """How many processes are of use on this machine."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()  # Linux alone has it
    return min(MOST, allowed or 1)


class Worker:
    """A process that grades, ``autograder.worker``, and the jobs that it was given. It ends when its pipe does."""

    def __init__(self, order: bytes):
        self.jobs, self.ready = deque(), False
        self.said = tempfile.TemporaryFile()
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "autograder.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.said,
                start_new_session=True,  # whoever interrupts the command means this process, which ends that one
            )
        self.pipe = Connection(ours.detach())
        self.send(order)

    def send(self, message: bytes):
        with contextlib.suppress(OSError):  # it is gone: `take` finds that out
            self.pipe.send_bytes(message)

    def give(self, job: Job):
        self.jobs.append(job)
        self.send(pickle.dumps(job))

    def take(self):
        """What it says next; ``EOFError`` if it has died."""
        try:
            return self.pipe.recv()
        except OSError:
            raise EOFError from None

    def let_go(self):
        """Tell it to end, with whatever it is at."""
        self.pipe.close()

    def close(self) -> str:
        """End it; its last words, which it has once."""
        if self.said.closed:
            return ""
        self.let_go()
        try:
            self.process.wait(timeout=10)  # it puts away what its walls were tried with
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with self.said:
            self.said.seek(0)
            return self.said.read().decode(errors="replace").strip()[-800:]


class Crew:
    """Some workers; one that dies is replaced, and its jobs are done by the next."""

    def __init__(self, order: bytes, count: int):
        ahead = _started.pop(order, [])
        self.order, self.workers, self.deaths = order, ahead[:count], {}
        for worker in ahead[count:]:
            worker.close()
        self.workers += [Worker(order) for _ in range(count - len(self.workers))]

    @property
    def aloft(self) -> int:
        return sum(len(worker.jobs) for worker in self.workers)

    def give(self, job: Job):
        min(self.workers, key=lambda worker: len(worker.jobs)).give(job)

    def verdicts(self) -> Iterator[Verdict]:
        """Those that have come when one has."""
        by_pipe = {worker.pipe: worker for worker in self.workers if worker.jobs}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]
            try:
                said = worker.take()
            except EOFError:
                yield from self.replace(worker)
                continue
            if isinstance(said, UserError):
                raise said
            if worker.ready:
                worker.jobs.popleft()
                yield said
            worker.ready = True

    def replace(self, worker: Worker) -> Iterator[Verdict]:
        """Another worker for the jobs of one that has died; the verdict on the first of them if that was there twice."""
        from autograder.grade import given_up

        words, jobs = worker.close(), worker.jobs
        blamed = jobs[0].collected.student if worker.ready else None
        self.deaths[blamed] = self.deaths.get(blamed, 0) + 1
        if self.deaths[blamed] == (DEATHS if worker.ready else STARTS):
            if not worker.ready:
                raise UserError(f"A process that grades was started {STARTS} times, and died each time. {words}")
            fact = f"Two processes that were given this submission died. {words}"
            yield given_up(jobs.popleft(), fact.strip(), fault=True)
        other = self.workers[self.workers.index(worker)] = Worker(self.order)
        for job in jobs:
            other.give(job)

    def close(self):
        for worker in self.workers:
            worker.let_go()
        for worker in self.workers:
            worker.close()


_started: dict[bytes, list[Worker]] = {}  # ahead of the run that will use them, by what they were told to make


@contextlib.contextmanager
def starting_ahead(make_grader: Callable, count: int):
    """Start the next run's processes while this one does other things, such as loading what it needs itself."""
    order = pickle.dumps(make_grader)
    _started[order] = [Worker(order) for _ in range(count)]
    try:
        yield
    finally:
        for worker in _started.pop(order, []):
            worker.close()


def mapped(jobs: Iterable[Job], make_grader: Callable, workers: int) -> Iterator[Verdict]:
    """The verdicts on jobs, as they come; in order if there is one worker.

    Parameters
    ----------
    jobs : iterable of Job
        Taken one by one, as there is room for them.
    make_grader : callable
        Gives an `autograder.grade.Grader`; called in each process, which it is pickled for.
    workers : int
        Processes.

    Raises
    ------
    UserError
        If a process refuses to grade, since a wall of its sandbox is down, or if none can be started.
    """
    crew = Crew(pickle.dumps(make_grader), workers)
    try:
        for job in jobs:
            crew.give(job)
            while crew.aloft >= AHEAD * workers:
                yield from crew.verdicts()
        while crew.aloft:
            yield from crew.verdicts()
    finally:
        crew.close()
