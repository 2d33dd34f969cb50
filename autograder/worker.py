"""A process that grades, ``python -m autograder.worker FD``, for `autograder.processes`: jobs in, verdicts out.

It ends when the other end of its pipe is closed, however that came about, and its sandbox with it.
"""

from __future__ import annotations

import contextlib
import queue
import sys
import threading
from multiprocessing.connection import Connection

from autograder.errors import SandboxFault, UserError
from autograder.limits import Limits


def grader(limits: Limits, trusted: bool):
    """A `Grader`; this module, unlike that one's, is quickly imported."""
    from autograder.grade import Grader

    return Grader(limits, trusted)


def serve(pipe: Connection):
    """Make the grader that the first message asks for, and answer each job after it."""
    jobs = queue.SimpleQueue()
    with pipe.recv()() as grader:

        def listen():
            """Jobs are read at once: whoever sends one must not wait, for this process may be sending a verdict."""
            with contextlib.suppress(EOFError, OSError):
                while True:
                    jobs.put(pipe.recv())
            grader.abandon()
            jobs.put(None)

        threading.Thread(target=listen, daemon=True).start()
        try:
            grader.start()
            pipe.send(None)
            while job := jobs.get():
                pipe.send(grader(job))
        except UserError as error:
            pipe.send(error)
            while jobs.get():
                pass


if __name__ == "__main__":
    with contextlib.suppress(EOFError, BrokenPipeError, SandboxFault):  # whoever gave the jobs has gone
        serve(Connection(int(sys.argv[1])))
