"""The student's process: it runs the notebook's cells and then answers calls, until the grader hangs up.

It holds no reference, no expected value and no other submission. Nothing that it says is trusted; the grader checks
each answer. Orders, each a frame answered by a frame that repeats its token:

``run``     a cell's source → what it printed and raised
``call``    a name (or a callable kept earlier) and arguments → the result, and the arguments if they are others now
``again``   the number of an earlier result → that result as it is now
"""

import builtins
import gc
import os
import re
import subprocess
import sys
import traceback
import warnings

import numpy as np
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import wire

# What may be more than Python in a cell of several lines: a magic, a command, a question, a prompt, an indented beginning.
BEYOND_PYTHON = re.compile(r"\A\s|\?[\s;]*$|=\s*[%!]|^\s*(?:[?%!/,;>]|In \[)", re.MULTILINE)


class Shell(InteractiveShell):
    """IPython as a notebook has it, without a kernel, a history or windows."""

    def transform_cell(self, raw_cell):
        """Python stays as it is: to look through all its tokens takes longer than most cells do."""
        if "\n" not in raw_cell.strip() or BEYOND_PYTHON.search(raw_cell):
            return super().transform_cell(raw_cell)
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    def should_run_async(self, raw_cell, **known):
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **known)

    def enable_gui(self, gui=None):
        pass

    def enable_matplotlib(self, gui=None):
        return "inline", "agg"

    def init_virtualenv(self):
        pass

    def showtraceback(self, *args, **kwargs):
        """The grader is told of an error by ``describe``; drawing the long traceback would only cost time."""

    showsyntaxerror = showtraceback

    def system(self, command):
        """``!command``: run it and print what it says."""
        done = subprocess.run(
            self.var_expand(command, depth=1), shell=True, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        print(done.stdout, end="")
        print(done.stderr, end="", file=sys.stderr)
        self.user_ns["_exit_code"] = done.returncode


class Bounded:
    """A text stream that keeps what it is given up to a limit, and forgets the rest."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, limit):
        self.left, self.parts = limit, []

    def write(self, text):
        text = str(text)
        if self.left > 0:
            self.parts.append(text[: self.left])
        self.left -= len(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def text(self):
        return "".join(self.parts) + ("\n… (the rest was cut)" if self.left < 0 else "")


shell = None


def warm_up():
    """Load what every child needs, once, before the first fork."""
    global shell
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    pyplot.semilogy([1, 2], label="the first figure is slow: it loads scales, fonts and the parser of formulas, $x$")
    pyplot.legend()
    pyplot.close()
    matplotlib.rcdefaults()

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Context"
    config.InteractiveShell.display_pub_class = CapturingDisplayPublisher
    shell = Shell.instance(config=config)
    shell.run_cell("1 + 1", store_history=False)  # the first cell is slow: it loads the compiler's helpers
    shell.displayhook.flush()
    np.linalg.norm(np.random.default_rng(0).normal(size=(3, 3)) @ np.ones(3))
    gc.collect()
    gc.set_threshold(10_000)  # a child is too short-lived for its garbage to matter sooner
    gc.freeze()  # a child's collector leaves alone what it shares with the others, so that it stays shared


def serve(connection, limits):
    """Answer orders until the connection ends."""
    sys.path.insert(0, "")  # as in a notebook: what a cell writes into its folder can be imported
    Server(connection, limits).loop()


class Server:
    def __init__(self, connection, limits):
        self.connection, self.limits, self.pid = connection, limits, os.getpid()
        self.inbox = bytearray()  # what has come and was not read yet
        self.kept = []  # opaque values and earlier results, by number
        self.output_left = limits["output_bytes"]
        shell.user_module.__dict__["__name__"] = "__main__"

    def loop(self):
        while True:
            order, buffer = self.read()
            if order is None:
                return
            self.token = order["token"]
            self.say(*getattr(self, "do_" + order["op"])(order, buffer))

    def read(self):
        head = self.receive(wire.HEAD.size)
        if head is None:
            return None, b""
        json_size, buffer_size = wire.HEAD.unpack(head)
        return wire.parse_header(self.receive(json_size)), self.receive(buffer_size)

    def say(self, answer, buffers):
        if os.getpid() != self.pid:
            os._exit(0)  # a copy that the student's code forked and let return: one process alone answers
        wire.write_frame(self.connection, {"token": self.token, **answer}, buffers)

    def receive(self, size):
        while len(self.inbox) < size:
            part = self.connection.recv(max(size - len(self.inbox), 65536))
            if not part:
                return None
            self.inbox += part
        found = bytes(self.inbox[:size])
        del self.inbox[:size]
        return found

    def do_run(self, order, _):
        """Run one cell as a notebook does: its prints are kept up to the limit, its error is told."""
        out, err = Bounded(self.output_left), Bounded(min(65536, self.output_left))
        with Streams(out, err):
            result = shell.run_cell(order["source"], store_history=True)
            close_figures()
        self.output_left = max(0, min(out.left, self.output_left - len(err.text())))
        error = result.error_before_exec or result.error_in_exec
        answer = {"stdout": out.text(), "stderr": err.text(), "error": ""}
        if error is not None:
            answer["error"] = describe(error, order.get("cell", "cell"))
        return answer, []

    def do_call(self, order, buffer):
        """Call a function of the student's with fresh arguments."""
        arguments = [wire.decode(argument, buffer, self.special) for argument in order["arguments"]]
        quiet = Bounded(0)
        # a notebook may have asked NumPy to raise what it else warns of: that costs no points
        told = {kind: how if how == "ignore" else "warn" for kind, how in np.geterr().items()}
        with Streams(quiet, quiet), warnings.catch_warnings(record=True) as warned, np.errstate(**told):
            warnings.simplefilter("always")
            try:
                function = self.kept[order["kept"]] if "kept" in order else shell.user_ns[order["name"]]
            except KeyError:
                return {"undefined": True}, []
            if not callable(function):
                return {"not_callable": type(function).__name__}, []
            try:
                result = function(*arguments)
            except BaseException as error:  # sys.exit and KeyboardInterrupt too: all of them are the student's
                return {"raised": self.exception(error)}, []
            finally:
                close_figures()
            self.kept.append(result)
            number = len(self.kept) - 1
            try:
                said = {"result": result}
                afterwards, values = self.encode(arguments)
                if afterwards != {"list": order["arguments"]} or b"".join(values) != buffer:
                    said["arguments"] = arguments
                answer, buffers = self.encode(said)
            except BaseException as error:  # a property or an __array__ of the student's that raises
                return {"raised": self.exception(error)}, []
        texts = {str(warning.message)[:200] for warning in warned[:100]}
        return {"value": answer, "number": number, "warnings": sorted(texts)[:10]}, buffers

    def do_again(self, order, _):
        answer, buffers = self.encode(self.kept[order["number"]])
        return {"value": answer}, buffers

    def encode(self, value):
        return wire.encode(value, self.opaque, max_bytes=self.limits["frame_bytes"])

    def opaque(self, value):
        self.kept.append(value)
        name = type(value).__name__
        if isinstance(value, np.ndarray):
            name = f"ndarray of {value.dtype} and shape {value.shape}"
        return {"opaque": name[:80], "number": len(self.kept) - 1, "callable": callable(value)}

    def special(self, data):
        if "rng" in data:
            return np.random.default_rng(data["rng"])
        if "kept" in data:
            value = self.kept[data["kept"]]
            return value[data["item"]] if "item" in data else value
        if "callback" in data:
            return lambda *values: self.callback(data["callback"], values)
        raise wire.WireError(f"unknown kind {data}")

    def callback(self, number, values):
        """Let the grader compute a function, such as the loss that ``numerical_gradient`` asks for."""
        data, buffers = self.encode(list(values))
        self.say({"callback": number, "values": data}, buffers)
        answer, buffer = self.read()
        if "refused" in answer:
            raise TypeError(answer["refused"])
        return wire.decode(answer["value"], buffer)

    def exception(self, error):
        """An exception as plain data: its kind, its text and the line of the student's that raised it."""
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if is_student_file(frame.filename)]
        line = (frames[-1].line or "") if frames else ""
        try:
            text = str(error)[:500]
        except BaseException:
            text = ""
        kind = type(error)
        while kind.__module__.startswith("numpy") and kind.__name__.startswith("_"):
            kind = kind.__mro__[1]  # _ArrayMemoryError is a MemoryError
        builtin = getattr(builtins, kind.__name__, None) is kind or kind.__module__.startswith("numpy")
        return {"type": kind.__name__[:60], "text": text, "line": line[:200], "builtin": builtin}


class Streams:
    """``sys.stdout`` and ``sys.stderr`` for a while."""

    def __init__(self, out, err):
        self.streams = out, err

    def __enter__(self):
        self.saved = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.streams

    def __exit__(self, *_):
        sys.stdout, sys.stderr = self.saved


def close_figures():
    """A notebook's figures go with their cell; in a long-lived process they would pile up."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and pyplot.get_fignums():
        pyplot.close("all")


def is_student_file(name):
    return name.startswith(("<ipython-input", "/tmp/ipykernel")) or name == "<string>"


def describe(error, cell):
    """An error of a cell in a few lines: where in the student's code, and what."""
    if isinstance(error, SyntaxError):
        return "".join(traceback.format_exception_only(error))[-4000:]
    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        if is_student_file(frame.filename):
            lines.append(f"  line {frame.lineno}, in {cell if frame.name == '<module>' else frame.name}: {frame.line}")
    return "\n".join([*lines[-10:], "".join(traceback.format_exception_only(error)).strip()])[-4000:]
