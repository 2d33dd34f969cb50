"""The warm process behind walls: started, told to fork a child for each student, and ended.

    with Sandbox() as sandbox:
        with sandbox.student(cells) as student:
            answer = student.call("sigmoid", x)
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
from dataclasses import asdict

from autograder.errors import SandboxFault
from autograder.limits import LIMITS, Limits
from autograder.sandbox import walls
from autograder.sandbox.student import Student


class Sandbox:
    """A warm process that forks a child for each student.

    Parameters
    ----------
    limits : Limits
        What each student's process may use.
    trusted : bool
        Run without walls, for submissions that are known to be honest. Limits of time and memory still hold.

    Raises
    ------
    UserError
        If bubblewrap is not installed.
    SandboxFault
        If the warm process does not start.
    """

    def __init__(self, limits: Limits = LIMITS, trusted: bool = False):
        self.limits, self.trusted = limits, trusted
        self.process = self.control = None
        self.start()

    def start(self):
        self.process, self.control = started(self.trusted)
        self.control.settimeout(60)
        self.reply("did not start")

    def reply(self, what):
        """The zygote's next message; ``SandboxFault`` with its last words if it has none."""
        try:
            message = self.control.recv(65536)
        except OSError:
            message = b""
        if not message:
            raise SandboxFault(f"The sandbox {what}: {self.last_words() or 'it said nothing'}")
        return json.loads(message)

    def last_words(self) -> str:
        """What the warm process said before it died, or dies now; nothing when it is asked again."""
        if self.process.stderr.closed:
            return ""
        return killed(self.process).decode(errors="replace").strip()[-800:]

    def kill(self):
        """End the warm process, and with it whatever is asked of it in another thread."""
        kill(self.process)

    def order(self, op, **rest):
        try:
            self.control.send(json.dumps({"op": op, **rest}).encode())
        except OSError:
            pass  # it is gone: ``reply`` tells why
        return self.reply(f"failed at {op!r}")

    def spawn(self, limits: Limits) -> socket.socket:
        """A fresh child, by the socket that speaks with it."""
        ours, theirs = socket.socketpair()
        around = {"up": not self.trusted, "uid": walls.student_uid(self.process.pid), "readable": walls.readable()}
        order = {"op": "spawn", "limits": asdict(limits), "walls": around}
        with theirs:
            try:
                socket.send_fds(self.control, [json.dumps(order).encode()], [theirs.fileno()])
            except OSError:
                pass
            try:
                answer = self.reply("failed at 'spawn'")
                if "fault" in answer:
                    raise SandboxFault(f"The sandbox failed: {answer['fault']}")
            except SandboxFault:
                ours.close()
                raise
        return ours

    def student(self, cells, spare=frozenset(), later=(), limits=None) -> Student:
        """The student whose notebook has these cells; see ``Student``."""
        return Student(self, cells, spare, later, limits or self.limits)

    def close(self):
        if self.process is not None:
            self.control.close()
            self.last_words()
            self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def started(trusted: bool) -> tuple[subprocess.Popen, socket.socket]:
    """A warm process that is on its way, and the socket that speaks with it."""
    command = walls.bare_command() if trusted else walls.command()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [*command, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=walls.ENVIRONMENT if trusted else {},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    return process, ours


def kill(process: subprocess.Popen):
    """End a warm process, however far it has come."""
    if process.returncode is None:  # as long as nobody has asked how it ended, its number is its own
        # The whole group: bubblewrap's child would outlive a parent that dies before it is told to end with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def killed(process: subprocess.Popen) -> bytes:
    """End a warm process; what it had written to stderr."""
    kill(process)
    return process.communicate()[1]
