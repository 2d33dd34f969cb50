"""Students' processes: what they can do, what ends them, and what never reaches the next one."""

import time
from dataclasses import replace

import numpy as np
import pytest

from autograder.sandbox import (
    LIMITS,
    Budget,
    Callback,
    Kept,
    Opaque,
    Rng,
    Sandbox,
    StudentStopped,
)
from autograder.sandbox.probe import probe
from autograder.sandbox.warm import killed, started

QUICK = replace(LIMITS, notebook_cpu_s=1.0, check_cpu_s=0.6, call_cpu_s=0.6, memory_bytes=400 * 2**20)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(QUICK) as sandbox:
        yield sandbox


def student(sandbox, *sources):
    return sandbox.student([(f"cell-{number}", source) for number, source in enumerate(sources)])


def test_every_wall_stands(sandbox):
    with Sandbox() as walled:
        assert probe(walled) == []


def test_a_warm_process_is_ended_whole_however_early():
    for moment in range(100):
        process, control = started(trusted=False)
        control.close()
        time.sleep(moment * 2e-5)
        assert killed(process) == b""  # it waits until nobody holds the process's stderr any more


def test_cells_run_as_in_a_notebook(sandbox):
    sources = (
        "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt",
        "plt.plot([1, 2]); plt.show()\nprint('drawn')",
        "%%time\nhelper = 2",
        "!echo from the shell",
        "1 / 0",
        "def f(x):\n    return helper * x",
        "def broken(:",
        "input('name? ')",
        "from math import *\nclass g:\n    def __new__(cls, x):\n        return sqrt(x)",
    )
    with student(sandbox, *sources) as running:
        assert running.call("f", 4.0).value == 8.0
        assert running.call("g", 4.0).value == 2.0
        runs = list(running.runs.values())
    assert runs[1].stdout == "drawn\n" and not runs[0].error
    assert "from the shell" in runs[3].stdout
    assert "line 1" in runs[4].error and "ZeroDivisionError" in runs[4].error
    assert "SyntaxError" in runs[6].error
    assert "EOFError" in runs[7].error


@pytest.mark.parametrize(
    "source",
    [
        "a = 3\n!echo {a}",
        "a = !echo 3\nprint(a[0])",
        "if True:\n    %time print(3)",
        "if True:\n    a = %sx echo 3\nprint(a[0])",
        "def f():\n    return 3\n/print f()",
        ">>> a = 3\n>>> print(a)",
        "In [1]: a = 3\nIn [2]: print(a)",
        "  a = 3\n  print(a)",
        "%%capture\n0",
        "print?\nprint(3)",
        "%%sh\necho 3",
        "import asyncio\nprint(await asyncio.sleep(0, 3))",
        "async def f():\n    return 3\nprint(await f())",
        "a = 13\nprint(a\n% 10)",
        "a = 3\nif a != 4:\n    print(a)",
        "print('''\n3\n'''.strip())",
        "\n\nprint(3)\n",
    ],
)
def test_what_ipython_has_beyond_python(sandbox, source):
    with student(sandbox, source, "a = 0") as running:
        running.start()
        run = running.runs["cell-0"]
    assert not run.error
    assert ("3" in run.stdout.split()) == ("capture" not in source)


def test_a_call_gives_values_arguments_and_earlier_results(sandbox):
    source = """
import numpy as np
kept = np.zeros(2)
def spoil(x, table):
    x += 1
    kept[:] = x
    return kept, table["W"] @ x
"""
    with student(sandbox, source) as running:
        first = running.call("spoil", np.ones(2), {"W": np.eye(2)})
        np.testing.assert_array_equal(first.arguments[0], [2, 2])
        np.testing.assert_array_equal(first.value[0], [2, 2])
        running.call("spoil", np.full(2, 5.0), {"W": np.eye(2)})
        np.testing.assert_array_equal(running.again(first.number)[0], [6, 6])


def test_functions_generators_and_callbacks(sandbox):
    source = """
import numpy as np
def train(rng):
    w = rng.normal()
    return lambda x: x * w
def probe(loss, x):
    return loss(x) - loss(2 * x)
class Thing: pass
def remember(state):
    state = state or {"seen": {0: 0}}
    return state["seen"][0], {"seen": {0: state["seen"][0] + 1}}
def odd():
    return {"a": Thing(), "b": 1}
"""
    with student(sandbox, source) as running:
        predict = running.call("train", Rng(3)).value
        assert isinstance(predict, Opaque) and predict.callable
        assert running.call(predict, 2.0).value == 2 * np.random.default_rng(3).normal()
        assert running.call("probe", Callback(lambda x: np.sum(x)), np.ones(3)).value == -3.0
        answer = running.call("remember", None)
        assert running.call("remember", Kept(answer.number, 1)).value[0] == 1
        odd = running.call("odd").value
        assert odd["b"] == 1 and odd["a"].type_name == "Thing"
        assert running.call("nothing").problem == "undefined"
        assert running.call("np").problem == "not callable"


def test_exceptions_are_told_with_the_students_line(sandbox):
    with student(sandbox, "def f(x):\n    y = x['W']\n    return y", "def g():\n    import sys; sys.exit(3)") as running:
        raised = running.call("f", {}).raised
        assert (raised["type"], raised["text"], raised["line"]) == ("KeyError", "'W'", "y = x['W']")
        assert running.call("g").raised["type"] == "SystemExit"


ENDINGS = {
    "while True: pass": "timeout",
    "import time; time.sleep(1e6)": "timeout",
    "import os; os._exit(0)": "error",
    "import os; os.kill(os.getpid(), 9)": "error",
    "import ctypes; ctypes.string_at(0)": "error",
    "import os; os.closerange(3, 99)": "error",
    "import os, time; time.sleep(1e6) if os.fork() == 0 else os._exit(0)": "error",
}


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.split(";")[-1].strip())
def test_what_ends_a_process_is_named_and_costs_no_other_call(sandbox, ending):
    with student(sandbox, f"def end():\n    {ending}\ndef fine():\n    return 1.5") as running:
        with pytest.raises(StudentStopped) as stopped:
            running.call("end", budget=Budget(0.6, 1.5))
        assert stopped.value.kind == ENDINGS[ending]
        assert running.call("fine").value == 1.5


def test_hunger_for_memory_ends_in_an_error_of_its_own(sandbox):
    with student(sandbox, "def eat():\n    return len(bytearray(10**9))") as running:
        assert running.call("eat").raised["type"] == "MemoryError"


def test_many_hungry_processes_are_counted_together(sandbox):
    source = """
import os, time
def family():
    for _ in range(6):
        if os.fork() == 0:
            eaten = bytearray(b"x" * 150_000_000)
            time.sleep(60)
    time.sleep(60)
"""
    with student(sandbox, source) as running, pytest.raises(StudentStopped) as stopped:
        running.call("family", budget=Budget(5, 20))
    assert stopped.value.kind == "memory"


def test_time_of_child_processes_counts(sandbox):
    source = "import os, time\ndef hide():\n    if os.fork() == 0:\n        while True: pass\n    time.sleep(60)"
    with student(sandbox, source) as running, pytest.raises(StudentStopped) as stopped:
        running.call("hide", budget=Budget(0.6, 30))
    assert stopped.value.kind == "timeout"


def test_a_cell_that_ends_the_process_is_left_out(sandbox):
    sources = ("def f():\n    return 1", "import os; os._exit(1)", "while True: pass", "def g():\n    return 2")
    with student(sandbox, *sources) as running:
        assert running.call("f").value == 1 and running.call("g").value == 2
        assert list(running.skipped) == ["cell-1", "cell-2"]


def test_later_cells_run_once_they_are_asked_for(sandbox):
    with sandbox.student([("f", "def f(): return late")], later=[("late", "late = 1.5")]) as student:
        assert student.call("f").raised["type"] == "NameError" and student.lacks_a_name
        assert set(student.runs) == {"f"}
        student.run_later()
        assert student.call("f").value == 1.5
        assert set(student.runs) == {"f", "late"}


def test_output_is_kept_up_to_the_limit(sandbox):
    with student(sandbox, "for _ in range(40_000):\n    print('x' * 100)", "print('y')") as running:
        running.start()
        kept = running.runs["cell-0"].stdout
        assert len(kept) <= QUICK.output_bytes + 50 and kept.endswith("(the rest was cut)")


@pytest.mark.parametrize(
    "body",
    [
        "return np.broadcast_to(1.0, (10**6, 10**6))",
        "return ['x' * 10**6] * 100",
        "a = []; a.append(a); return a",
        "return list(range(10**6))",
    ],
)
def test_giants_do_not_pass(sandbox, body):
    with student(sandbox, f"import numpy as np\ndef f():\n    {body}\ndef fine():\n    return 1.5") as running:
        try:
            value = running.call("f").value
        except StudentStopped as stopped:
            assert stopped.kind == "protocol"
        else:
            assert not isinstance(value, np.ndarray)
        assert running.call("fine").value == 1.5


def test_forged_frames_are_protocol_errors(sandbox):
    source = """
import gc, os, socket, struct
def write(text, size=None):
    for fd in range(3, 99):
        try:
            os.write(fd, struct.pack(">IQ", size or len(text), 0) + text)
        except OSError:
            pass
def forge(text, size):
    write(text.encode(), size)
    return 1.0
def fine():
    return 1.5
"""
    with student(sandbox, source) as running:
        for text, size in (("[1]", None), ('{"value": {"dict": []}, "number": 0}', None), ("x", 2**31)):
            with pytest.raises(StudentStopped) as stopped:
                running.call("forge", text, size)
            assert stopped.value.kind == "protocol"
        assert running.call("fine").value == 1.5


def test_nothing_is_carried_over(sandbox):
    leave = "open('/tmp/left', 'w').write('answer'); import builtins, numpy; builtins.left = numpy.left = 1"
    with student(sandbox, leave) as running:
        running.start()
        assert not running.runs["cell-0"].error
    look = "import os, builtins, numpy\ndef left():\n    return [os.path.exists('/tmp/left'), hasattr(builtins, 'left'), hasattr(numpy, 'left')]"
    with student(sandbox, look) as running:
        assert running.call("left").value == [False, False, False]


def test_the_students_side_holds_no_reference_and_no_secret(sandbox, monkeypatch):
    source = """
import os, sys
def look():
    seen = [name for name in sys.modules if name.split(".")[0] in ("autograder", "solutions", "nbgrader")]
    for top in ("/runtime", "/tmp", "/usr/lib/python3"):
        for folder, _, files in os.walk(top):
            seen += [f for f in files if f in ("cell.py", "gates.md", "bptt.py", "gradebook.db")]
    try:
        import autograder
        seen.append("autograder")
    except ImportError:
        pass
    return [seen, sorted(os.environ), os.path.exists("/proc/self"), os.getcwd()]
"""
    monkeypatch.setenv("SECRET", "canary")
    with Sandbox() as fresh, student(fresh, source) as running:
        seen, environment, proc, folder = running.call("look").value
    assert seen == [] and "SECRET" not in environment and not proc and folder == "/tmp"
