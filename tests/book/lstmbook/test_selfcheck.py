"""The self-check: a student's notebook, its own tests, and the page that grading's feedback has."""

import html
import json
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest

from autograder.assignment import ASSIGNMENTS, load, master, released_path
from autograder.feedback import page as feedback
from lstmbook.selfcheck import kernel as kernels
from lstmbook.selfcheck.__main__ import main
from lstmbook.selfcheck.kernel import Ran
from lstmbook.selfcheck.notebook import Cell, read
from lstmbook.selfcheck.problem import Problem
from lstmbook.selfcheck.report import _line, cards, notes
from tests.autograder.feedback.examples import mixed
from tests.notebooks import as_json, drop_cell, solution, solved
from tests.solutions.running import cells_of

ROOT = Path(__file__).parents[3]
SLIP = ("sigmoid(z @ W_i.T + b_i)", "z @ W_i.T + b_i")


def written(folder, notebook, name="gates"):
    path = folder / f"{name}.ipynb"
    path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), encoding="utf-8")
    return path


def text_of(page):
    """What a page says, on one line."""
    body = re.sub(r"</?(bdi|b|code|wbr|cite)>|(?s:<style>.*?</style>)", "", page)
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", body)))


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """The page about a notebook with a bit of everything that happens to a student who tries, and what was printed."""
    folder = tmp_path_factory.mktemp("checked")
    notebook = solved(
        "gates",
        input_gate=solution("gates", "input_gate", SLIP),
        candidate="def candidate(h_prev, x, W_c, b_c)\n    return 0",
        update_cell=next(cell.source for cell in load("gates").notebook.cells if cell.id == "update_cell"),
        output_gate="def output_gate(h_prev, x, W_o, b_o):\n    return sigmoid(np.append(h_prev, x) @ W_o + b_o)",
        hidden_state="def hidden_state(o, c):\n    while True:\n        pass",
    )
    notebook.cells.insert(6, nbformat.v4.new_code_cell("print('<b>seen</b>')\n1 / 0"))
    path = written(folder, notebook)
    code = f"from lstmbook.selfcheck.__main__ import main; main([{str(path)!r}, '--seconds', '8'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return (folder / "gates-selfcheck.html").read_text(encoding="utf-8"), done.stdout


class TestPage:
    def test_says_function_by_function_what_the_tests_say(self, checked):
        text = text_of(checked[0])
        for said in (
            "Self-check of gates.ipynb, 20",
            "Exercise 1: the gates 2 of 7 functions pass their tests A good start.",
            "Hidden tests, on fresh numbers, decide how many you get; the written answer (2 points) is read",
            "sigmoid Test passes 2 points forget_gate Test passes 2 points input_gate Not right yet 1 point",
            "Likely mistake the sigmoid is missing Test i has other values, first at index [0]. yours: [-1. 2. 0.] "
            "expected: [0.2689 0.8808 0.5 ]",
            "candidate Not defined 1 point Definition candidate is not defined, because its cell stopped with "
            "SyntaxError: expected ':'",
            "update_cell Not written yet 2 points To read again: chapter 6, cell state",
            "output_gate Stopped by an error 1 point Error It raised ValueError: matmul:",
            "in the line “return sigmoid(np.append(h_prev, x) @ W_o + b_o)”.",
            "hidden_state Took too long 1 point Time It ran for longer than 8 s and was stopped.",
            "Cell print('<b>seen</b>'): ZeroDivisionError: division by zero",
        ):
            assert said in text, said
        assert "passes its tests" not in text  # what the tests print when they pass says nothing more

    def test_is_that_of_gradings_feedback(self, checked):
        of_grading = feedback(mixed(), load("gates"))
        for shared in (r"(?s)<style>.*?</style>", r"(?s)<svg width.*?</svg>", r'(?s)<meta http-equiv="Content-S.*?>'):
            assert re.search(shared, checked[0])[0] == re.search(shared, of_grading)[0]
        titles = [re.findall(r"<h2[^>]*>(.*?)</h2>", page) for page in (checked[0], of_grading)]
        assert titles[0] == [title for title in titles[1] if title != "About your notebook"]

    def test_has_its_summary_in_the_terminal(self, checked):
        lines = checked[1].splitlines()
        assert lines[0] == "Running gates.ipynb …"
        assert "  input_gate               not right yet" in lines
        assert "  hidden_state             took too long" in lines
        assert lines[-2] == "2 of 7 functions pass their tests. Hidden tests decide the grade."
        assert lines[-1].startswith("The page: ") and lines[-1].endswith("gates-selfcheck.html")

    def test_runs_nothing_and_holds_no_live_html(self, checked):
        assert not re.search(r"<(script|link|iframe|img|form|b>seen)|\son\w+=", checked[0])

    @pytest.mark.parametrize("width", [320, 1100])
    def test_fits_the_screen(self, new_page, checked, width):
        page = new_page(viewport={"width": width, "height": 800})
        page.set_content(checked[0])
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_is_dark_where_the_reader_wants_it(self, new_page, checked):
        page = new_page(color_scheme="dark")
        page.set_content(checked[0])
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
        lines = page.locator("article pre").first
        assert lines.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(38, 42, 47)"

    def test_is_read_out_and_reached_by_keyboard(self, new_page, checked):
        page = new_page()
        page.set_content(checked[0])
        assert 'row "input_gate Not right yet 1 point"' in page.locator("table.overview").aria_snapshot()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "sigmoid"
        page.keyboard.press("Enter")
        page.wait_for_function("location.hash === '#check-1'")


ALONE = """
import sys
sys.modules["autograder"] = sys.modules["solutions"] = None  # importing them is an error
sys.path.insert(0, sys.argv[1])
import lstmbook
assert lstmbook.__file__.startswith(sys.argv[1])
from lstmbook.selfcheck.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


def test_needs_nothing_of_the_instructors_and_tells_nothing_of_it(tmp_path):
    shutil.copytree(ROOT / "book" / "lstmbook", tmp_path / "lstmbook", ignore=shutil.ignore_patterns("__pycache__"))
    notebook = shutil.copy(released_path("gates"), tmp_path)
    command = [sys.executable, "-c", ALONE, tmp_path, notebook]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 7 functions pass" in done.stdout
    page = text_of((tmp_path / "gates-selfcheck.html").read_text())
    assert page.count("Not written yet") == 7
    answers = [cell.source for cell in cells_of(master("gates"), solution=True).values()]
    lines = {line.strip() for answer in answers for line in answer.splitlines() if len(line.strip()) > 20}
    lines -= {line.strip() for cell in load("gates").notebook.cells for line in cell.source.splitlines()}
    assert len(lines) > 15 and not [line for line in lines if line in page or line in done.stdout]


def test_a_notebook_that_ends_python_is_checked_as_far_as_it_ran(tmp_path, capsys):
    path = written(tmp_path, solved("gates", forget_gate="def forget_gate(*args):\n    import os\n    os._exit(1)"))
    assert main([str(path), "--out", str(tmp_path / "page.html")]) == 0
    out, err = capsys.readouterr()
    assert "  Python itself ended while the cell `test_forget_gate` ran, so what comes after it was not run.\n" in out
    assert "  sigmoid                  test passes\n  forget_gate              ended python\n" in out and err == ""
    assert out.count("not tested") == 5
    page = text_of((tmp_path / "page.html").read_text())
    assert "About your notebook Python itself ended while the cell test_forget_gate ran" in page


def test_a_cell_that_goes_on_for_ever_is_stopped_if_it_can_be(tmp_path, monkeypatch):
    with warnings.catch_warnings(action="ignore"), kernels.kernel(tmp_path) as run:
        assert run("first", "import os\nprint(os.getcwd())", 30).stdout == f"{tmp_path}\n"
        ran = run("talks", "while True:\n    print('x' * 1000)", 1)
        assert (ran.end, ran.kind, len(ran.stdout)) == ("stopped", "KeyboardInterrupt", kernels.MAX_TEXT)
        assert run("asks", "input('Your name?')", 30).kind == "StdinNotImplementedError"
        assert run("next", "print(2)", 30) == Ran("next", stdout="2\n")
        monkeypatch.setattr(kernels, "GRACE", 1)
        ran = run("is deaf", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass", 1)
        assert ran.end == "stuck"


# What is said of each test, without running anything


@pytest.fixture(scope="module")
def gates(tmp_path_factory):
    return read(written(tmp_path_factory.mktemp("gates"), solved("gates")))


def card(exercise, ran, function="forget_gate"):
    runs = [(cell, ran if cell.name == f"test_{function}" else Ran(cell.name)) for cell in exercise.run]
    [result] = [card for card in cards(exercise, runs, 30) if card.function == function]
    return result


def test_a_tests_message_is_taken_apart(gates):
    message = "f has other values.\n  yours:    [1]\n  expected: [2]\n  likely slip: one\n  thing\n  likely slip: another"
    said = card(gates, Ran("", kind="AssertionError", message=message))
    assert (said.status, said.points, said.score, said.section) == ("failed", 2, None, "chapters/04-forget-gate#the-equation")
    [finding] = said.findings
    assert (finding.text, finding.lines) == ("f has other values.", "yours:    [1]\nexpected: [2]")
    assert [hint.text for hint in said.hints] == ["one thing", "another"]


@pytest.mark.parametrize(
    ("ran", "status", "word", "text"),
    [
        (Ran(""), "passed", "Test passes", None),
        (Ran("", kind="AssertionError"), "failed", "Not right yet", "It failed without a word."),
        (Ran("", kind="NotImplementedError", message="not written yet"), "missing", "Not written yet", None),
        (Ran("", kind="NameError", message="name 'forget_gate' is not defined"), "missing", "Not defined", "belongs above"),
        (Ran("", kind="NameError", message="name 'z' is not defined"), "error", "Stopped by an error", "NameError"),
        (Ran("", kind="KeyboardInterrupt", end="stopped"), "timeout", "Took too long", "longer than 30 s"),
        (Ran("", end="stuck"), "timeout", "Took too long", "longer than 30 s"),
        (Ran("", end="died"), "error", "Ended Python", "Python itself ended"),
    ],
)
def test_every_end_of_a_test_has_words(gates, ran, status, word, text):
    said = card(gates, ran)
    assert (said.status, said.word) == (status, word)
    assert [text in finding.text for finding in said.findings] == ([True] if text else [])


def test_an_error_is_shown_with_the_notebooks_last_line():
    traceback = (
        "----\nValueError   Traceback (most recent call last)\n"
        "Cell In[5], line 9\n      8 def test(): pass\n----> 9 test()\n\n"
        "Cell In[4], in sigmoid(x)\n      2     def f(x):\n----> 3         return np.exp(x, 1)\n\n"
        "File /usr/lib/numpy/core.py:7, in exp\n      6 pass\n----> 7 raise ValueError\n\nValueError: no"
    )
    assert _line(traceback) == "return np.exp(x, 1)"


def test_cells_that_did_not_end_by_themselves_are_told(gates):
    own = Cell("code", "x", "x = forever()")
    [test] = [cell for cell in gates.run if cell.name == "test_sigmoid"]
    runs = [(own, Ran("", end="stopped")), (test, Ran("", end="stopped")), (own, Ran("", end="stuck"))]
    assert notes(gates, runs, 30) == (
        "The cell `x = forever()` ran for longer than 30 s and was stopped.",
        "The cell `x = forever()` could not be stopped after 30 s, so what comes after it was not run.",
    )


# What is read


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_exercise_has_its_functions_points_and_pages(name):
    exercise, assignment = read(released_path(name)), load(name)
    assert exercise.title == assignment.title and exercise.notes == () and exercise.by_hand == 2
    assert list(exercise.tasks) == [check.function for check in assignment.checks]
    found = [(cell.name, cell.points, cell.section) for cell in exercise.checks.values()]
    assert found == [(check.grade_id, check.points, check.section) for check in assignment.checks]
    names = [cell.name for cell in exercise.run]
    assert not [name for name in names if name.startswith("check_") or name == "everything_at_once"]


def test_cells_that_are_missing_are_told(tmp_path):
    notebook = drop_cell(drop_cell(solved("gates"), "test_sigmoid"), "check_candidate")
    exercise = read(written(tmp_path, notebook))
    assert exercise.notes == (
        "The test cell of `sigmoid` is not in your notebook. Download the notebook again, and copy your code into it.",
        "The check cell of `candidate` is not in your notebook. Grading puts it back; here its points are missing.",
    )
    assert len(exercise.tasks) == 7
    said = {card.function: card for card in cards(exercise, [(cell, Ran("")) for cell in exercise.run], 30)}
    assert said["sigmoid"].word == "Not tested" and said["candidate"].status == "passed"


def test_damaged_marks_do_no_harm(tmp_path):
    content = as_json(solved("gates"))
    for cell in content["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"]["points"] = "many"
    for number, mark in enumerate([None, 7, [], "x", {"grade_id": 3}, {"grade_id": "test_"}, {"grade_id": "test_a b"}]):
        content["cells"].append({"cell_type": "code", "source": f"x = {number}", "metadata": {"nbgrader": mark}})
    content["cells"] += [7, {}, {"cell_type": "code", "source": None, "metadata": 3}]
    exercise = read(written(tmp_path, json.dumps(content)))
    assert len(exercise.tasks) == 7 and exercise.by_hand == 0
    names = [cell.name for cell in exercise.run]
    assert names[-8:] == ["x = 0", "x = 1", "x = 2", "x = 3", "x = 4", "test_", "x = 6", ""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "gates.ipynb cannot be read: No such file or directory."),
        ("", "gates.ipynb is no notebook: its content is not JSON. Open it in JupyterLab, save it, and give that"),
        ("[" * 100_000, "its content is not JSON"),
        ("[]", "has no cells, so it is no notebook of today's format. Open it in JupyterLab, and save it."),
        ('{"worksheets": []}', "has no cells"),
        ('{"cells": []}', "is a notebook, but no test of an exercise is in it. Give the notebook of an exercise"),
    ],
)
def test_what_is_no_notebook_of_an_exercise_is_told_in_a_sentence(tmp_path, capsys, content, said):
    path = tmp_path / "gates.ipynb" if content is None else written(tmp_path, content)
    assert main([str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("selfcheck: ") and said in err and err.count("\n") == 1
    with pytest.raises(Problem):
        read(path)


def test_the_notebook_is_never_written_over(tmp_path, capsys):
    path = written(tmp_path, solved("gates"))
    before = path.read_bytes()
    assert main([str(path), "--out", str(path)]) == 2
    assert "is the notebook itself. Give --out another name, such as gates-selfcheck.html." in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("missing", ["jinja2", "jupyter_client"])
def test_a_library_that_is_missing_is_named(tmp_path, missing):
    code = f"import sys; sys.modules[{missing!r}] = None; from lstmbook.selfcheck.__main__ import main; exit(main())"
    path = written(tmp_path, solved("gates"))
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"selfcheck: {missing}")
    assert done.stderr.endswith(" is missing. It comes with JupyterLab: pip install jupyterlab.\n")


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan"])
def test_no_time_is_no_limit(capsys, seconds):
    with pytest.raises(SystemExit):
        main(["gates.ipynb", "--seconds", seconds])
    assert "is no number of seconds: give one above 0" in capsys.readouterr().err
