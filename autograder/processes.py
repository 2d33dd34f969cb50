"""Processes of this machine that grade: forked from one that has loaded the grader, so that each is there at once."""

import multiprocessing
from multiprocessing import forkserver

METHOD = "forkserver"


def warm_up():
    """Start the process that the others are forked from; it loads the grader while this one does other things."""
    multiprocessing.get_context(METHOD).set_forkserver_preload(["distributed", "autograder.cluster"])
    forkserver.ensure_running()
