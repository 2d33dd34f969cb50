"""Submissions that end their process, stop it or cut the wire."""

from tests.autograder.hostile.tricks import SERVER, everything, trick

ends = {
    "exits": "import os; os._exit(0)",
    "exits-with-a-code": "import os; os._exit(42)",
    "exits-python": "import sys; sys.exit(0)",
    "quits": "quit()",
    "raises-an-interrupt": "raise KeyboardInterrupt",
    "raises-generator-exit": "raise GeneratorExit",
    "kills-itself": "import os; os.kill(os.getpid(), 9)",
    "kills-itself-softly": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "kills-itself-with-a-nameless-signal": "import os; os.kill(os.getpid(), 40)",
    "kills-everybody": "import os; os.kill(-1, 9); os.killpg(0, 9)",
    "aborts": "import os; os.abort()",
    "segfaults": "import ctypes; ctypes.string_at(0)",
    "overflows-its-stack": "import sys; sys.setrecursionlimit(10**9)\ndef f(x): return list(map(f, [x]))\nreturn f(1)",
    "crashes-numpy": "import numpy as np; a = np.lib.stride_tricks.as_strided(c_prev, (10**6,), (2**30,)); return a + 1",
    "becomes-another-program": "import os; os.execv('/bin/true', ['true'])",
    "forks-and-lets-both-answer": "import os; os.fork(); return 7.0",
    "forks-and-lets-the-child-answer": "import os\nif os.fork(): os._exit(0)\nreturn c_prev",
    "dies-in-a-thread": "import threading, os; t = threading.Thread(target=os._exit, args=(0,)); t.start(); t.join()",
    "divides-by-zero-in-hardware": "import os, signal; os.kill(os.getpid(), signal.SIGFPE)",
}

EXITS = {name: trick(body, status="failed error" if "both" in name else "error") for name, body in ends.items()} | {
    "recurses": trick("return update_cell(c_prev, f, i, c_tilde)", status="error"),
    "closes-every-file": trick("import os; os.closerange(0, 256)", status="error"),
    "shuts-the-wire": trick("server.connection.shutdown(2)", before=SERVER, status="error protocol"),
    "closes-the-wire": trick("server.connection.close()", before=SERVER, status="error protocol"),
    "answers-and-dies": trick("import threading, os; threading.Timer(0.02, os._exit, (0,)).start()", status="failed error"),
    "kills-its-parents": trick("""import os
for pid in (1, os.getppid()):
    for number in range(1, 65):
        try:
            os.kill(pid, number)
        except OSError:
            pass
return 7.0""", status="error"),
    "deletes-builtins": trick("""import builtins
for name in list(vars(builtins)): delattr(builtins, name)""", status="error protocol"),
    "raises-what-cannot-be-told": trick(
        "raise Untold()",
        before="""class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
class Untold(Exception, metaclass=Meta):
    __str__ = __repr__ = lambda self: 1 / 0""",
        status="error",
    ),
    "raises-what-is-told-at-length": trick("raise ValueError('x' * 10**7)", status="error"),
    "raises-a-loop": trick("e = ValueError()\ne.__cause__ = e.__context__ = e\nraise e", status="error"),
    "undefines-itself": trick("global update_cell\ndel update_cell\nreturn 7.0"),
    "is-no-function": trick("update_cell = 7.0"),
    "is-deleted": trick(after="del update_cell"),
    "exits-while-the-notebook-runs": trick(before="import os; os._exit(0)"),
    "dies-six-times-after-its-functions": trick(after=["import os; os.abort()"] * 6),
    "dies-four-times-before-its-functions": trick(before=["import os; os.abort()"] * 4),
    "dies-six-times-before-its-functions": trick(before=["import os; os.abort()"] * 6, due=everything(0, "error")),
    "exits-ipython": trick(before="exit\nquit()\nget_ipython().ask_exit()\nraise SystemExit"),
}  # fmt: skip

# These are stopped by the clock on the wall, which is short in their run.
WAITING = {
    "sleeps": trick("import time; time.sleep(1e6)", status="timeout"),
    "stops-itself": trick("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", status="timeout"),
    "waits-in-its-notebook": trick(before="import time; time.sleep(1e6)"),
    "answers-slowly": trick(
        """import struct, time
server.connection.sendall(struct.pack('>IQ', 10**6, 0))
while True:
    server.connection.sendall(b' ')
    time.sleep(0.05)""",
        before=SERVER,
        status="timeout",
    ),
    "catches-every-signal": trick(
        """
import signal, time
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, lambda *_: None)
while True:
    try:
        time.sleep(1)
    except BaseException:
        pass
""",
        status="timeout",
    ),
}
