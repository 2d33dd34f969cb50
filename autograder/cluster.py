"""Jobs on a Dask cluster; each worker has its own sandbox.

Jobs are taken as they can be used: a bounded number of them is on its way, and a verdict leaves its worker when it has
come. A worker may die at any time; Dask runs its jobs again elsewhere. A job that is there whenever workers die is set
aside and tried once more with no other job on the cluster: if they die again it is the cause, and its student's
status is ``protocol``.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from autograder import fingerprint
from autograder.errors import UserError
from autograder.grade import Job, given_up
from autograder.limits import LIMITS
from autograder.verdict import Verdict

JOBS_PER_THREAD, JOBS = 4, 64  # on their way at a time, for each thread of a worker, and at least
BYTES = 256 * 2**20  # of notebooks on their way
LOOK_S = 5.0  # how often workers are counted
ALONE_S = 300.0  # how long a run waits for a first worker, or for another when all have gone
IDLE_S = 10.0  # when a worker closes a sandbox that nothing has used

_SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": BYTES,  # a graph is one notebook
    "distributed.comm.timeouts.connect": "10s",
}


def mapped(jobs: Iterable[Job], make_grader: Callable, scheduler: str) -> Iterator[Verdict]:
    """The verdicts on jobs, as they come.

    Parameters
    ----------
    jobs : iterable of Job
        Taken one by one, as there is room for them.
    make_grader : callable
        ``make_grader()`` gives a callable from job to verdict with a ``close`` method; called once in each worker.
    scheduler : str
        Address of a Dask cluster, such as ``tcp://10.0.0.1:8786``.

    Raises
    ------
    UserError
        If the cluster cannot be reached or is lost, or if a worker refuses: a wall of its sandbox is down, or its
        grader is of another version.
    """
    with _client(scheduler) as client:
        yield from _Run(client, make_grader).verdicts(jobs)


@contextlib.contextmanager
def _client(scheduler):
    """A client of the cluster at an address."""
    import dask
    from distributed import Client
    from distributed.comm import get_address_host_port

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS))
        try:
            get_address_host_port(scheduler)  # a client that cannot read it takes long to end, and prints a traceback
            client = stack.enter_context(Client(scheduler, set_as_default=False))
        except (OSError, ValueError) as error:
            raise UserError(
                f"There is no Dask scheduler at {scheduler}: {_line(error)} Start one by `dask scheduler`, and give "
                "the address that it prints, such as --scheduler tcp://10.0.0.1:8786."
            ) from None
        yield client


class _Run:
    """One run's jobs on a cluster."""

    def __init__(self, client, make_grader):
        self.client, self.make_grader, self.address = client, make_grader, client.scheduler.address
        self.name = f"grade-{uuid.uuid4().hex[:8]}"
        self.aloft = {}  # job by future
        self.landed = queue.SimpleQueue()  # futures that are done
        self.suspects = []  # jobs that were there whenever workers died
        self.sent = self.bytes = self.threads = 0
        self.seen = self.looked = time.monotonic()  # when a worker was seen, and when they were counted

    def verdicts(self, jobs) -> Iterator[Verdict]:
        try:
            yield from self.flown(jobs, lambda: max(JOBS, JOBS_PER_THREAD * self.threads))
            suspects, self.suspects = self.suspects, []
            yield from self.flown(suspects, lambda: 1)
            for job in self.suspects:
                fact = "Each worker that was given this submission died, with no other submission on the cluster."
                yield given_up(job, fact, fault=False)
        finally:
            if self.client.status == "running":
                self.client.cancel(list(self.aloft), force=True)

    def flown(self, jobs, most) -> Iterator[Verdict]:
        """The verdicts on jobs of which at most `most()` are on their way at a time."""
        for job in jobs:
            while self.aloft and (len(self.aloft) >= most() or self.bytes + _size(job) > BYTES):
                yield from self.arrived()
            self.send(job)
        while self.aloft:
            yield from self.arrived()

    def send(self, job):
        self.sent += 1
        arguments = (job, self.make_grader, version(job.assignment))
        with self.told("could not be sent a submission"):
            future = self.client.submit(work, *arguments, key=f"{self.name}-{self.sent}", pure=False)
        self.aloft[future] = job
        self.bytes += _size(job)
        future.add_done_callback(self.landed.put)

    def arrived(self) -> list[Verdict]:
        """Wait for what is done next, for a while; the verdicts that have come."""
        with contextlib.suppress(queue.Empty):
            futures = [self.landed.get(timeout=LOOK_S)]
            while not self.landed.empty():
                futures.append(self.landed.get())
            return self.taken(futures)
        self.look()
        return []

    def taken(self, futures) -> list[Verdict]:
        """The verdicts of futures that were done; a result that has died with its worker since is waited for again."""
        with self.told("lost a verdict"):
            verdicts = self.client.gather({future.key: future for future in futures}, errors="skip")
        for future in futures:
            job = self.aloft.pop(future)
            self.bytes -= _size(job)
            if future.status != "finished":
                self.failed(future, job)
        if time.monotonic() > self.looked + LOOK_S:
            self.look()
        return [verdict for verdict in verdicts.values() if verdict is not None]

    def failed(self, future, job):
        from distributed import KilledWorker

        if future.status != "error":
            raise self.lost()
        error = future.exception()
        if isinstance(error, UserError):
            raise error
        if not isinstance(error, KilledWorker):
            raise UserError(
                f"The cluster at {self.address} could not run the grader: {_line(error)} Its scheduler and its workers "
                "need what this machine has: the course's repository, installed by `make setup`."
            )
        self.suspects.append(job)

    def look(self):
        """Count the workers; ``UserError`` if there has been none for too long, or no scheduler."""
        with self.told("does not answer"):
            self.threads = sum(self.client.nthreads().values())
        self.looked = time.monotonic()
        if self.threads:
            self.seen = self.looked
        elif self.looked > self.seen + ALONE_S:
            raise UserError(
                f"The scheduler at {self.address} has had no worker for {ALONE_S:g} s. Start some by "
                "`dask worker ADDRESS --nthreads 1`, and grade again: what was graded is kept."
            )

    @contextlib.contextmanager
    def told(self, what):
        """Errors of the cluster in a sentence."""
        from distributed import CancelledError

        try:
            yield
        except (OSError, CancelledError):
            raise self.lost(what) from None

    def lost(self, what="was lost"):
        return UserError(
            f"The scheduler at {self.address} {what}. What was graded until then is kept: when the cluster is back, grade "
            "again."
        )


def _size(job):
    return len(job.collected.data or b"")


def _line(error):
    """An error in a line."""
    text = " ".join(str(error).split())[:300].rstrip(".")
    return f"{type(error).__name__}: {text}." if text else f"{type(error).__name__}."


class _Kept:
    """The grader that a worker keeps warm from job to job; threads take turns.

    When it has had no job for a while its sandbox is closed, so that nothing is left running on the worker when the run
    has ended, however it ended. The next job would start another.
    """

    def __init__(self):
        self.turn, self.timer = threading.Lock(), None
        self.made_by, self.grader = "", None

    def __call__(self, job, make_grader):
        with self.turn:
            if self.timer:
                self.timer.cancel()
            if self.made_by != repr(make_grader):
                self.close()
                self.made_by, self.grader = repr(make_grader), make_grader()
            try:
                return self.grader(job)
            finally:
                self.timer = threading.Timer(IDLE_S, self.close_in_turn)
                self.timer.daemon = True
                self.timer.start()

    def close_in_turn(self):
        with self.turn:
            self.close()

    def close(self):
        if self.grader:
            self.grader.close()


_kept = _Kept()


@cache
def version(assignment: str) -> str:
    """What grading an assignment depends on here: code, master, released notebook, versions."""
    return fingerprint.of_grader(assignment, LIMITS)


def work(job: Job, make_grader: Callable, wanted: str) -> Verdict:
    """One job in a worker whose `version` must be the one that is wanted.

    Raises
    ------
    UserError
        If this worker must not grade.
    """
    from distributed import get_worker

    where = f"the worker {get_worker().address}"
    if version(job.assignment) != wanted:
        raise UserError(
            f"The grader on {where} is {version(job.assignment)}, and on this machine {wanted}: they are not of one "
            "version. Bring them to the same commit and requirements, start the worker anew, and grade again."
        )
    try:
        return _kept(job, make_grader)
    except UserError as error:
        raise UserError(f"On {where}: {error}") from None
