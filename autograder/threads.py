"""Submissions graded side by side: threads of this process, each with a sandbox of its own, where most of the work is."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # slow to import, and the command line asks here for `cores` before anything else
    from autograder.grade import Job
    from autograder.verdict import Verdict

AHEAD = 2  # jobs that are taken for each thread before it is free
MOST = 4  # more keep each other waiting: a quarter of the work is this process's own, and Python's, one thread at a time


def cores() -> int:
    """How many threads are of use on this machine."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()  # Linux alone has it
    return min(MOST, allowed or 1)


def mapped(jobs: Iterable[Job], make_grader: Callable, workers: int) -> Iterator[Verdict]:
    """The verdicts on jobs, as they come; in order if there is one worker.

    Parameters
    ----------
    jobs : iterable of Job
        Taken one by one, as there is room for them.
    make_grader : callable
        Gives an `autograder.grade.Grader`; called once for each worker.
    workers : int
        Threads.
    """
    graders = [make_grader() for _ in range(workers)]
    idle = queue.SimpleQueue()
    for grader in graders:
        idle.put(grader)

    def graded(job: Job) -> Verdict:
        grader = idle.get()
        try:
            return grader(job)
        finally:
            idle.put(grader)

    aloft: list[Future] = []

    def landed() -> Iterator[Verdict]:
        done, _ = wait(aloft, return_when=FIRST_COMPLETED)
        for future in [future for future in aloft if future in done]:
            aloft.remove(future)
            yield future.result()

    try:
        with ThreadPoolExecutor(workers, thread_name_prefix="grader") as pool:
            try:
                for job in jobs:
                    aloft.append(pool.submit(graded, job))
                    if len(aloft) >= AHEAD * workers:
                        yield from landed()
                while aloft:
                    yield from landed()
            except BaseException:  # whoever wanted the verdicts has gone, or one job may not be graded
                pool.shutdown(wait=False, cancel_futures=True)
                for grader in graders:
                    grader.abandon()
                raise
    finally:
        for grader in graders:
            grader.close()
