"""One student on the grader's side of the wire: the cells run, functions are called, limits hold.

Nothing that comes back is trusted: frames are bounded before they are read, values are whitelisted arrays and plain
data, CPU time and memory are what the kernel counts, and the clock is ours.
"""

from __future__ import annotations

import builtins
import os
import re
import secrets
import select
import signal
import time
import types
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from autograder.limits import Limits
from autograder.sandbox.inside import wire
from autograder.verdict import CellRun

if TYPE_CHECKING:
    from autograder.sandbox.warm import Sandbox

FIRST_LOOK_S, LOOK_S = 0.25, 0.1  # when a process's CPU time and memory are looked at first, and then again
MAX_SKIPPED = 3  # cells that end their process before others are left out, too
MAX_ERROR = 4000  # characters of a cell's error

# What a cell without any of these at the beginning of a line leaves for others: nothing.
DEFINES = re.compile(r"^(?:async def|def|class|import|from|@|[%!]|\w[^=\n(]*=(?!=))|\blambda\b", re.MULTILINE)
LEFT_OUT = f"It was left out: more than {MAX_SKIPPED} cells had to be stopped."

SIGNALS = {number: number.name for number in signal.Signals}

WORD = re.compile(r"\w+")

# Words that tell nothing of a hidden input: names of Python and NumPy.
PUBLIC = {"numpy", "shape", "UFuncTypeError", "Generator", "dict_keys", "dict_values", "dict_items"}
PUBLIC.update(*map(dir, (builtins, np, np.exceptions, np.linalg)))
PUBLIC.update(kind.__name__ for kind in vars(types).values() if isinstance(kind, type))


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

    ``problem`` is "undefined" or "not callable"; ``cause`` the error of the cell that should define it, if that had one.
    ``arguments`` are as they were after the call, and ``number`` is what
    ``Student.again`` takes to see the result as it is later. ``warnings`` are the texts of Python's warnings in the call.
    """

    value: object = None
    arguments: tuple = ()
    number: int | None = None
    raised: dict | None = None
    problem: str = ""
    cause: str = ""
    warnings: str = ""


@dataclass
class Budget:
    """CPU and wall seconds that are left for a piece of work, such as one check.

    ``call_cpu_s`` is what the call under way may use in any case.
    """

    cpu_s: float
    wall_s: float
    call_cpu_s: float = 0.0


class Student:
    """One submission, running: its cells have run, and its functions can be called.

    Whatever ends its process (a limit, a crash) ends that piece of work alone: the next call starts a fresh process,
    in which the cells have run again.

    Parameters
    ----------
    cells : iterable of (cell_id, source)
        In order.
    spare : set of str
        Ids of cells that are left out once a process was stopped: tests that only repeat what is slow, or what kills.
    later : iterable of (cell_id, source)
        The last cells, which run only once it is asked for: see ``run_later``.
    limits : Limits
        What its process may use.
    """

    def __init__(self, sandbox: Sandbox, cells, spare, later, limits: Limits):
        self.sandbox, self.limits = sandbox, limits
        self.cells, self.spare, self.later = list(cells), spare, list(later)
        self.source = "\n".join(source for _, source in self.cells + self.later)
        self.lacks_a_name = False  # whether a call ended in a NameError
        self.skipped: dict[str, StudentStopped] = {}  # cells that ended their process, and how
        self.runs: dict[str, CellRun] = {}
        self.sparing = False  # whether the spare cells are left out
        self.tokens = []  # of the orders to this process
        self.connection, self.inbox = None, bytearray()  # what has come and was not read yet
        self.cpu_before = self.next_look = self.charged_at = 0.0
        self.output_left = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Fork a process and run the cells in it; a cell that ends the process is left out in the next attempt.

        After a spare cell it need not be the cell's own fault: then it is tried again without those first.
        """
        while not self.attempt():
            self.sparing = True

    def attempt(self) -> bool:
        budget = Budget(self.limits.notebook_cpu_s, self.limits.notebook_wall_s)
        self.connection, self.cpu_before = self.sandbox.spawn(self.limits), 0.0
        self.tokens, self.inbox, self.next_look = [], bytearray(), time.monotonic() + FIRST_LOOK_S
        self.output_left = self.limits.output_bytes
        for cell_id, source in self.cells:
            if cell_id in self.skipped or (self.sparing and cell_id in self.spare):
                continue
            try:
                header, _ = self.ask({"op": "run", "source": source, "cell": cell_id}, (), budget)
                stdout, stderr = self.kept_output(header.get("stdout")), self.kept_output(header.get("stderr"))
                self.runs[cell_id] = CellRun(cell_id, stdout, stderr, text_of(header.get("error"), MAX_ERROR))
            except StudentStopped as stopped:
                if self.sparing or cell_id in self.spare or self.spare.isdisjoint(self.runs):
                    self.skip(cell_id, stopped)
                return False
        return True

    def skip(self, cell_id, stopped):
        """Leave out a cell that ended its process; after too many, what defines nothing too, and then all that follows."""
        self.skipped[cell_id] = stopped
        self.runs[cell_id] = CellRun(cell_id, error=stopped.text)
        if len(self.skipped) <= MAX_SKIPPED:
            return
        names = [name for name, _ in self.cells]
        idle = [name for name, source in self.cells if not DEFINES.search(source)]
        rest = idle if len(self.skipped) == MAX_SKIPPED + 1 else names[names.index(cell_id) :]
        self.runs |= {name: CellRun(name, error=LEFT_OUT) for name in rest if name not in self.skipped}
        self.cells = [(name, source) for name, source in self.cells if name not in rest]

    def kept_output(self, printed) -> str:
        """What a cell printed, within the limit for all cells together; the child has said where it was cut."""
        text = text_of(printed, self.output_left + 100)
        self.output_left = max(0, self.output_left - len(text))
        return text

    @property
    def fresh(self) -> bool:
        """Whether the next call is the first in a process that has run nothing but the cells that must be."""
        return self.connection is None and (self.sparing or not self.spare)

    def start_over(self):
        """Let the next call be the first in such a process."""
        self.stop()
        self.sparing = True

    def run_later(self):
        """Let the next call be the first in a process in which the later cells have run, too."""
        self.stop()
        self.cells, self.later = self.cells + self.later, []

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
        budget.call_cpu_s = self.limits.call_cpu_s
        callbacks = []
        encoded, buffers = wire.encode(list(arguments), special=lambda value: self.special(value, callbacks))
        target = {"kept": function.number} if isinstance(function, wire.Opaque) else {"name": function}
        order = {"op": "call", **target, "arguments": encoded["list"]}
        header, buffer = self.ask(order, buffers, budget, callbacks)
        if "raised" in header:
            return Answer(raised=self.raised(header["raised"]))
        if "undefined" in header:
            if function in self.skipped:
                raise self.skipped[function]
            return Answer(problem="undefined", cause=self.runs[function].error if function in self.runs else "")
        if "not_callable" in header:
            return Answer(problem="not callable")
        value = self.decode(header.get("value"), buffer)
        number = header.get("number")
        if not isinstance(value, dict) or "result" not in value or type(number) is not int:
            raise self.broken("an answer without a result")
        if "arguments" in value:
            afterwards = value["arguments"]
            if not isinstance(afterwards, list) or len(afterwards) != len(arguments):
                raise self.broken("other arguments than those of the call")
            arguments = tuple(afterwards)
        warned = header.get("warnings")
        texts = "\n".join(str(text)[:200] for text in warned[:10]) if isinstance(warned, list) else ""
        return Answer(value["result"], arguments, number, warnings=texts)

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
        """An exception, as far as it tells nothing that the student's process made up: it could be a hidden input."""
        if not isinstance(data, dict):
            raise self.broken("a malformed exception")
        name, text, line = (text_of(data.get(key), 500) for key in ("type", "text", "line"))
        self.lacks_a_name |= name == "NameError"
        quoted = " ".join(re.findall("'(.*?)'", text))
        return {
            "type": name,
            "text": text if self.is_known(quoted) else "",
            "line": line if line.strip() in self.source else "",
            "builtin": data.get("builtin") is True and name in PUBLIC,
        }

    @cached_property
    def words(self) -> set[str]:
        return set(WORD.findall(self.source))

    def is_known(self, text) -> bool:
        """Whether each word and number in a text is Python's, NumPy's or in the notebook, or too short to tell much."""
        return all(len(word) < 5 or word in PUBLIC or word in self.words for word in WORD.findall(text))

    def decode(self, data, buffer):
        try:
            return wire.decode(data, buffer, type_name=lambda name: name if self.is_known(name) else "value")
        except wire.WireError as error:
            raise self.broken(str(error)) from None

    def broken(self, why):
        self.stop()
        return StudentStopped("protocol", f"The answer could not be read: {why}.")

    def ask(self, order, buffers, budget, callbacks=()):
        """Send an order and wait for its answer, within a budget; computes the callbacks that it asks for.

        Each answer repeats the token of its order. A frame without one was put on the wire by the student's code; one that
        repeats an earlier order's is late, after one that the student's code had sent in its place, and counts no more.
        """
        self.charged_at, token = time.monotonic(), secrets.token_hex(8)
        self.send({**order, "token": token}, buffers, budget)
        self.tokens.append(token)
        while True:
            header, buffer = self.receive(budget)
            if header.get("token") not in self.tokens:
                raise self.broken("nothing had been asked")
            if header["token"] != token:
                continue
            if "callback" not in header:
                return header, buffer
            number, values = header["callback"], self.decode(header.get("values"), buffer)
            if type(number) is not int or not 0 <= number < len(callbacks) or not isinstance(values, list):
                raise self.broken("it asked for a function that there is not")
            self.send(computed(callbacks[number], values), (), budget)

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
        """Read so many bytes, looking at the process's CPU time and memory by our clock, however busy it keeps us."""
        while len(self.inbox) < size:
            now = time.monotonic()
            budget.wall_s, self.charged_at = budget.wall_s - (now - self.charged_at), now
            wait_s = min(self.next_look - now, budget.wall_s)
            if wait_s <= 0:
                self.look(budget)
                continue
            if not select.select([self.connection], [], [], wait_s)[0]:
                continue
            try:
                part = self.connection.recv(max(size - len(self.inbox), 65536))
            except OSError:
                part = b""
            if not part:
                raise self.ended("")
            self.inbox += part
        found = self.inbox[:size]
        del self.inbox[:size]
        return found

    def look(self, budget):
        """Charge the CPU time that was used, and stop the process if it is beyond a limit."""
        self.next_look = time.monotonic() + LOOK_S
        usage = self.sandbox.order("usage")
        used, self.cpu_before = usage["cpu"] - self.cpu_before, usage["cpu"]
        budget.cpu_s -= used
        budget.call_cpu_s -= used
        if usage["resident"] > self.limits.memory_bytes:
            raise self.ended("memory")
        if max(budget.cpu_s, budget.call_cpu_s) <= 0 or budget.wall_s <= 0:
            raise self.ended("timeout")

    def ended(self, kind):
        """End the process and say why: by our hand (``kind``) or by its own."""
        self.connection.close()
        self.connection = None
        status = self.sandbox.order("end", wait_s=0 if kind else 1).get("status")
        if kind == "timeout":
            return StudentStopped("timeout", "It took longer than the time limit and was stopped.")
        if kind == "memory":
            limit = self.limits.memory_bytes // 2**20
            return StudentStopped("memory", f"It used more memory than the limit of {limit} MiB and was stopped.")
        if status is None:
            return StudentStopped("protocol", "It closed the connection to the grader.")
        if os.WIFSIGNALED(status):
            name = SIGNALS.get(os.WTERMSIG(status), os.WTERMSIG(status))
            return StudentStopped("error", f"Its Python process died of the signal {name}.")
        return StudentStopped("error", f"It ended its Python process (exit code {os.waitstatus_to_exitcode(status)}).")


def computed(function, values) -> dict:
    """The grader's answer to a callback. Whatever the values do to the function comes back to those who sent them."""
    try:
        with np.errstate(all="ignore"):
            return {"value": float(function(*values))}
    except (TypeError, ValueError) as error:
        return {"refused": str(error)[:200]}
    except Exception:
        return {"refused": "the grader cannot compute this function of these values"}


def text_of(data, most: int) -> str:
    """A text that came from a student's process, as one that can be written to a file, cut."""
    return wire.plain(data[:most]) if isinstance(data, str) else ""
