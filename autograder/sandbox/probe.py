"""The grader tries its own walls before it trusts them with a class."""

from __future__ import annotations

import os
import socket
import tempfile
from dataclasses import replace

from autograder.errors import SandboxFault, UserError
from autograder.sandbox.student import StudentStopped
from autograder.sandbox.walls import INSTALL
from autograder.sandbox.warm import Sandbox

# Runs as a student's cell: each attempt that succeeds is a wall that is down.
ATTEMPTS = '''
import ctypes, os, socket

def down(port):
    """The names of the walls that are down."""
    libc = ctypes.CDLL(None, use_errno=True)

    def read(path):
        return lambda: open(path).read()

    def write(path):
        return lambda: open(path + "/probe", "w").write("here")

    def connect():
        socket.create_connection(("127.0.0.1", port), timeout=2)

    def system_call(name, *arguments):
        def attempt():
            if getattr(libc, name)(*arguments) != 0:
                raise OSError(ctypes.get_errno())
        return attempt

    def fork_storm():
        children = []
        try:
            while len(children) < 500:
                pid = os.fork()
                if pid == 0:
                    os.read(pipe[0], 1)
                    os._exit(0)
                children.append(pid)
        finally:
            os.close(pipe[1])
            for pid in children:
                os.kill(pid, 9)
                os.waitpid(pid, 0)

    pipe = os.pipe()
    attempts = {
        "reading the grader's files": read(secret),
        "the network": connect,
        "other processes": read("/proc/1/status"),
        "writing outside /tmp": write("/runtime/site-packages"),
        "writing to the system": write("/usr/lib"),
        "writing to /dev": write("/dev"),
        "becoming another user": lambda: os.setuid(0 if os.getuid() else 1),
        "tracing processes": system_call("ptrace", 0, 0, 0, 0),
        "new namespaces": system_call("unshare", 0x10000000),
        "mounting": system_call("mount", b"tmpfs", b"/tmp", b"tmpfs", 0, None),
        "endless processes": fork_storm,
    }
    found = []
    for name, attempt in attempts.items():
        try:
            attempt()
            found.append(name)
        except OSError:
            pass
    open("/tmp/left", "w").write("a student was here")
    return found

def left():
    """Whether the student before this one can be seen."""
    return ["what the last student left"] if os.path.exists("/tmp/left") else []
'''

NEEDS = (
    f"It needs bubblewrap ({INSTALL}) and either root or user namespaces (Debian: sysctl "
    "kernel.unprivileged_userns_clone=1; Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a "
    "container: the options that Containerfile names). "
    "If you trust every submission, grade without walls: --trust-submissions."
)


def probe(sandbox: Sandbox) -> list[str]:
    """The walls that are down, by what could be done. Two students try, the second after the first.

    They have all the time that they need, so that no wall seems to be down because the machine is busy.
    """
    patient = replace(sandbox.limits, **{name: 300.0 for name in vars(sandbox.limits) if name.endswith("_s")})
    with (
        tempfile.NamedTemporaryFile("w", suffix=".secret", dir=os.getcwd() if os.access(".", os.W_OK) else None) as secret,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        secret.write("an expected value")
        secret.flush()
        found = []
        for call in (("down", server.getsockname()[1]), ("left",)):
            with sandbox.student([("probe", f"secret = {secret.name!r}\n{ATTEMPTS}")], limits=patient) as student:
                answer = student.call(*call)
            if not isinstance(answer.value, list):
                raise SandboxFault(f"The probe of the walls did not run: {answer.problem or answer.raised}")
            found += map(str, answer.value)
    return found


def require_walls(sandbox: Sandbox) -> None:
    """Raise ``UserError``, with what to do, unless every wall stands; ``SandboxFault`` if that cannot be told."""
    try:
        found = probe(sandbox)
    except StudentStopped as stopped:
        raise SandboxFault(f"The probe of the walls was stopped: {stopped}") from None
    if found:
        raise UserError(
            f"The sandbox is not safe here, so nothing was graded. Walls that are down: {', '.join(found)}. {NEEDS}"
        )
