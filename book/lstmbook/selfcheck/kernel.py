"""A plain Jupyter kernel that runs cells one by one, as a notebook does. It has no walls: it is for one's own code."""

import contextlib
import functools
import queue
import subprocess
import time
from dataclasses import dataclass

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import KernelManager

from lstmbook.selfcheck.problem import Problem
from lstmbook.text import printable

MAX_TEXT = 100_000  # characters kept of what a cell prints
GRACE = 5  # seconds that a cell has to stop when it is interrupted


@dataclass
class Ran:
    """What came of a cell: what it printed, and the exception that it raised.

    ``end`` is "" for a cell that ran to its end, and "stopped" for one that took too long. After one that "died" with
    the kernel, or that is "stuck" and cannot be stopped, nothing more can run.
    """

    cell_id: str
    stdout: str = ""
    stderr: str = ""
    error: str = ""  # the traceback
    kind: str = ""  # the exception's name
    message: str = ""
    end: str = ""


@contextlib.contextmanager
def kernel(folder):
    """A kernel that works in a folder: a function of a cell's name, its source and a time limit in seconds → `Ran`.

    Raises
    ------
    Problem
        If there is no kernel, or if it does not start.
    """
    manager = KernelManager(kernel_name="python3")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        manager.start_kernel(cwd=str(folder), extra_arguments=["--HistoryManager.hist_file=:memory:"], **quiet)
    except NoSuchKernel as error:
        raise Problem("There is no Python kernel to run the notebook with: pip install ipykernel.") from error
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield functools.partial(_run, manager, client)
    except RuntimeError as error:
        raise Problem(f"The notebook's Python does not start: {error}. Try pip install -U ipykernel.") from error
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _run(manager, client, name, source, seconds) -> Ran:
    ran = Ran(name)
    request = client.execute(source, allow_stdin=False, stop_on_error=False)
    deadline = time.monotonic() + seconds
    while True:
        if time.monotonic() > deadline:
            if ran.end:
                ran.end = "stuck"
                return ran
            ran.end = "stopped"
            manager.interrupt_kernel()
            deadline += GRACE
        try:
            message = client.get_iopub_msg(timeout=0.2)
        except queue.Empty:
            if not manager.is_alive():
                ran.end = "died"
                return ran
            continue
        if message["parent_header"].get("msg_id") == request:
            if message["content"].get("execution_state") == "idle":
                return ran
            _keep(ran, message["msg_type"], message["content"])


def _keep(ran, kind, content):
    """Keep what a message says, up to a limit."""
    if kind == "stream":
        before = getattr(ran, content["name"])
        setattr(ran, content["name"], before + content["text"][: MAX_TEXT - len(before)])
    elif kind == "error":
        ran.kind, ran.message = content["ename"], content["evalue"]
        ran.error = printable("\n".join(content["traceback"]))
