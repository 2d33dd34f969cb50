"""The grader's side of the sandbox: a warm process behind walls, and in it one student at a time.

    with Sandbox() as sandbox:
        with sandbox.student(cells) as student:
            answer = student.call("sigmoid", x)

Nothing that comes back is trusted: frames are bounded before they are read, values are whitelisted arrays and plain
data, CPU time and memory are what the kernel counts, and the clock is ours.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import time
from dataclasses import asdict, dataclass

from autograder.sandbox import walls
from autograder.sandbox.inside import wire
from autograder.limits import LIMITS, Limits
from autograder.verdict import CellRun

FIRST_LOOK_S, LOOK_S = 0.25, 0.1  # when a slow answer's CPU time and memory are looked at first, and then again
MAX_SKIPPED = 3  # cells that kill their process before the rest of the notebook is left alone


class SandboxFault(Exception):
    """The sandbox itself failed: never the student's fault, never a grade."""


class StudentStopped(Exception):
    """The student's process broke a limit, died or broke the protocol.

    ``kind`` is a status of the contract: timeout, memory, error or protocol.
    """

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind, self.text = kind, text


@dataclass(frozen=True)
class Answer:
    """What a call gave: exactly one of ``raised`` (see ``child.exception``), ``problem`` or a value.

    ``problem`` is "undefined" or "not callable". ``arguments`` are as they were after the call, and ``number`` is what
    ``Student.again`` takes to see the result as it is later. ``warnings`` are the texts of Python's warnings in the call.
    """

    value: object = None
    arguments: tuple = ()
    number: int | None = None
    raised: dict | None = None
    problem: str = ""
    warnings: str = ""


@dataclass
class Budget:
    """CPU and wall seconds that are left for a piece of work, such as one check."""

    cpu_s: float
    wall_s: float


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
        command = walls.bare_command() if self.trusted else walls.command()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [*command, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=walls.ENVIRONMENT if self.trusted else {},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        self.control.settimeout(60)
        self.reply("did not start")

    def reply(self, what):
        """The zygote's next message; ``SandboxFault`` with its last words if it has none."""
        try:
            message = self.control.recv(65536)
        except OSError:
            message = b""
        if not message:
            self.process.kill()
            words = self.process.communicate()[1].decode(errors="replace").strip()
            raise SandboxFault(f"The sandbox {what}: {words[-800:] or 'it said nothing'}")
        return json.loads(message)

    def order(self, op, **rest):
        try:
            self.control.send(json.dumps({"op": op, **rest}).encode())
        except OSError:
            pass  # it is gone: ``reply`` tells why
        return self.reply(f"failed at {op!r}")

    def spawn(self) -> socket.socket:
        """A fresh child, by the socket that speaks with it."""
        ours, theirs = socket.socketpair()
        uid = 2_000_000 + os.getpid() if os.geteuid() == 0 else None
        order = {"op": "spawn", "limits": asdict(self.limits), "walls": {"up": not self.trusted, "uid": uid}}
        with theirs:
            try:
                socket.send_fds(self.control, [json.dumps(order).encode()], [theirs.fileno()])
            except OSError:
                pass
            self.reply("failed at 'spawn'")
        return ours

    def student(self, cells) -> Student:
        """The student whose notebook has these cells: ``(cell_id, source)`` pairs, in order."""
        return Student(self, cells)

    def close(self):
        if self.process is not None:
            self.control.close()
            self.process.kill()
            self.process.communicate()
            self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Student:
    """One submission, running: its cells have run, and its functions can be called.

    Whatever ends its process (a limit, a crash) ends that piece of work alone: the next call starts a fresh process,
    in which the cells have run again.
    """

    def __init__(self, sandbox: Sandbox, cells):
        self.sandbox, self.limits = sandbox, sandbox.limits
        self.cells = list(cells)
        self.skipped: dict[str, StudentStopped] = {}  # cells that ended their process, and how
        self.runs: dict[str, CellRun] = {}
        self.connection = None
        self.cpu_before = 0.0
        self.starts = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Fork a process and run the cells in it; a cell that ends the process is left out in the next attempt."""
        while not self.attempt():
            pass

    def attempt(self) -> bool:
        budget = Budget(self.limits.notebook_cpu_s, self.limits.notebook_wall_s)
        self.connection, self.cpu_before = self.sandbox.spawn(), 0.0
        self.starts += 1
        for cell_id, source in self.cells:
            if cell_id in self.skipped or len(self.skipped) > MAX_SKIPPED:
                continue
            try:
                header, _ = self.ask({"op": "run", "source": source, "cell": cell_id}, (), budget)
                texts = {key: str(header.get(key, ""))[: self.limits.output_bytes + 100] for key in ("stdout", "stderr", "error")}
                self.runs[cell_id] = CellRun(cell_id, **texts)
            except StudentStopped as stopped:
                self.skipped[cell_id] = stopped
                self.runs[cell_id] = CellRun(cell_id, error=stopped.text)
                return False
        return True

    def stop(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None
            self.sandbox.order("end", wait_s=0)

    def call(self, function, *arguments, budget: Budget | None = None) -> Answer:
        """Call a function by its name, or a callable that an earlier answer held (``wire.Opaque``).

        Raises
        ------
        StudentStopped
            If the process broke a limit, died or broke the protocol.
        """
        if self.connection is None:
            self.start()
        budget = budget or Budget(self.limits.check_cpu_s, self.limits.check_wall_s)
        callbacks = []
        encoded, buffers = wire.encode(list(arguments), special=lambda value: self.special(value, callbacks))
        target = {"kept": function.number} if isinstance(function, wire.Opaque) else {"name": function}
        order = {"op": "call", **target, "arguments": encoded["list"]}
        header, buffer = self.ask(order, buffers, budget, callbacks)
        if "raised" in header:
            return Answer(raised=self.raised(header["raised"]))
        if "undefined" in header:
            return Answer(problem="undefined")
        if "not_callable" in header:
            return Answer(problem="not callable")
        value = self.decode(header.get("value"), buffer)
        number = header.get("number")
        if not isinstance(value, dict) or {"result", "arguments"} - value.keys() or type(number) is not int:
            raise self.broken("an answer without a result")
        warned = header.get("warnings")
        texts = "\n".join(str(text)[:200] for text in warned[:10]) if isinstance(warned, list) else ""
        return Answer(value["result"], tuple(value["arguments"]), number, warnings=texts)

    def again(self, number: int):
        """An earlier result, as it is now."""
        header, buffer = self.ask({"op": "again", "number": number}, (), Budget(5, 30))
        return self.decode(header.get("value"), buffer)

    def special(self, value, callbacks):
        if isinstance(value, wire.Rng):
            return {"rng": value.seed}
        if isinstance(value, wire.Opaque):
            return {"kept": value.number}
        if isinstance(value, wire.Kept):
            return {"kept": value.number, "item": value.item}
        if isinstance(value, wire.Callback):
            callbacks.append(value.function)
            return {"callback": len(callbacks) - 1}
        return None

    def raised(self, data):
        if not isinstance(data, dict):
            raise self.broken("a malformed exception")
        return {
            **{key: str(data.get(key, ""))[:500] for key in ("type", "text", "line")},
            "builtin": data.get("builtin") is True,
        }

    def decode(self, data, buffer):
        try:
            return wire.decode(data, buffer)
        except wire.WireError as error:
            raise self.broken(str(error)) from None

    def broken(self, why):
        self.stop()
        return StudentStopped("protocol", f"The answer could not be read: {why}.")

    def ask(self, order, buffers, budget, callbacks=()):
        """Send an order and wait for its answer, within a budget; computes the callbacks that it asks for."""
        self.send(order, buffers, budget)
        while True:
            header, buffer = self.receive(budget)
            if "fault" in header and self.starts and not self.runs:
                raise SandboxFault(f"The sandbox failed: {str(header['fault'])[:500]}")
            if "callback" not in header:
                return header, buffer
            number, values = header["callback"], self.decode(header.get("values"), buffer)
            if type(number) is not int or not 0 <= number < len(callbacks):
                raise self.broken("it asked for a function that there is not")
            try:
                answer = {"value": float(callbacks[number](*values))}
            except (TypeError, ValueError) as error:
                answer = {"refused": str(error)}
            self.send(answer, (), budget)

    def send(self, header, buffers, budget):
        self.connection.settimeout(budget.wall_s if budget.wall_s > 0 else 0.001)
        try:
            wire.write_frame(self.connection, header, buffers)
        except TimeoutError:
            raise self.ended("timeout") from None
        except OSError:
            pass  # it has died: ``receive`` finds out how

    def receive(self, budget):
        head = self.read(wire.HEAD.size, budget)
        try:
            json_size, buffer_size = wire.frame_size(head, self.limits.header_bytes, self.limits.frame_bytes)
            header = wire.parse_header(self.read(json_size, budget))
        except wire.WireError as error:
            raise self.broken(str(error)) from None
        return header, self.read(buffer_size, budget) if buffer_size else b""

    def read(self, size, budget) -> bytearray:
        """Read so many bytes, looking at the process's CPU time and memory whenever it keeps us waiting."""
        parts, view_at, pause = bytearray(size), 0, FIRST_LOOK_S
        view = memoryview(parts)
        while view_at < size:
            began = time.monotonic()
            ready, _, _ = select.select([self.connection], [], [], min(pause, max(budget.wall_s, 0)))
            budget.wall_s -= time.monotonic() - began
            if not ready:
                self.look(budget)
                pause = LOOK_S
                continue
            try:
                count = self.connection.recv_into(view[view_at:])
            except OSError:
                count = 0
            if not count:
                raise self.ended("")
            view_at += count
        return parts

    def look(self, budget):
        """Charge the CPU time that was used, and stop the process if it is beyond a limit."""
        usage = self.sandbox.order("usage")
        budget.cpu_s -= usage["cpu"] - self.cpu_before
        self.cpu_before = usage["cpu"]
        if usage["resident"] > self.limits.memory_bytes:
            raise self.ended("memory")
        if budget.cpu_s <= 0 or budget.wall_s <= 0:
            raise self.ended("timeout")

    def ended(self, kind):
        """End the process and say why: by our hand (``kind``) or by its own."""
        self.connection.close()
        self.connection = None
        status = self.sandbox.order("end", wait_s=0 if kind else 1)["status"]
        if kind == "timeout":
            return StudentStopped("timeout", "It took longer than the time limit and was stopped.")
        if kind == "memory":
            limit = self.limits.memory_bytes // 2**20
            return StudentStopped("memory", f"It used more memory than the limit of {limit} MiB and was stopped.")
        if status is None:
            return StudentStopped("protocol", "It closed the connection to the grader.")
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status)).name
            return StudentStopped("error", f"Its Python process died of the signal {name}.")
        return StudentStopped("error", f"It ended its Python process (exit code {os.waitstatus_to_exitcode(status)}).")
