"""Runs side by side: one process per core, each with one BLAS thread."""

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context


def each(function, settings, progress):
    """``[function(**setting) for setting in settings]``, on all cores.

    Parameters
    ----------
    function : callable
        Of a module, so that other processes find it; its result depends on its arguments alone.
    settings : list of dict
    progress : callable
        ``progress(runs, total)`` gives back the same runs, and shows how many have ended.

    Returns
    -------
    list
        One result for each of `settings`, in their order.
    """
    workers = min(os.cpu_count() or 1, len(settings))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        runs = [pool.submit(function, **setting) for setting in settings]
        for run in progress(as_completed(runs), len(runs)):
            run.result()  # a run that fails ends the experiment
        return [run.result() for run in runs]
