"""Where jobs run: in this process, on processes of this machine, or on a Dask cluster. Each worker has its own sandbox."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterable, Iterator

_graders = {}  # of a worker process: one, kept warm from job to job


def mapped(jobs: Iterable, make_grader: Callable, workers: int = 1, scheduler: str | None = None) -> Iterator:
    """The verdicts on jobs, as they come; in order if there is one worker.

    Parameters
    ----------
    jobs : iterable of Job
    make_grader : callable
        ``make_grader()`` gives a callable from job to verdict with a ``close`` method; called once in each worker.
    workers : int
        Processes on this machine; 1 is this process itself.
    scheduler : str, optional
        Address of a Dask cluster, such as ``tcp://10.0.0.1:8786``.
    """
    if workers <= 1 and not scheduler:
        grader = make_grader()
        try:
            yield from map(grader, jobs)
        finally:
            grader.close()
        return
    from distributed import Client, LocalCluster, as_completed

    where = {"address": scheduler} if scheduler else {"address": LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    )}
    with Client(**where) as client:
        futures = client.map(work, list(jobs), make_grader=make_grader, pure=False)
        for _, verdict in as_completed(futures, with_results=True):
            yield verdict
    if not scheduler:
        where["address"].close()


def work(job, make_grader):
    """One job in a worker, with the grader that the worker keeps."""
    key = repr(make_grader)
    if key not in _graders:
        _graders[key] = make_grader()
        atexit.register(_graders[key].close)
    return _graders[key](job)
