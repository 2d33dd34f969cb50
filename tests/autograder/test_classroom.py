"""A sample class, named by what each student did, graded as an instructor would: from the command line."""

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder import feedback, journal
from autograder.classroom import grade_class
from autograder.cli import main
from autograder.feedback import published
from autograder.sandbox import LIMITS
from tests.notebooks import drop_cell, hand_in, solution, solved

ALL_RIGHT = {"lstm_cell_backward": 8, "lstm_backward": 6, "numerical_gradient": 3, "clip_gradients": 3}

UNUSUAL = '''
from numpy import einsum, hstack, ndim, sum as total, tanh, vstack
class Back:
    """All four layers in one matrix, one example at a time, lists as results."""
    order = "oifc"
    def __call__(self, dh, dc, cache, params):
        if ndim(dh) > 1:
            each = [self(dh[k], dc[k], {key: v[k] for key, v in cache.items()}, params) for k in range(len(dh))]
            grads = {name: total([e[3][name] for e in each], axis=0) for name in params}
            return [e[0] for e in each], [e[1] for e in each], [e[2] for e in each], grads
        z = hstack([cache["h_prev"], cache["x"]])
        W = vstack([params["W_" + k] for k in self.order])
        g = {k: cache[{"c": "c_tilde"}.get(k, k)] for k in self.order}
        t = tanh(cache["c"])
        dc = dh * g["o"] * (1 - t * t) + dc
        up = dict(o=dh * t, i=dc * g["c"], f=dc * cache["c_prev"], c=dc * g["i"])
        dz = hstack([up[k] * (1 - g[k] ** 2 if k == "c" else g[k] * (1 - g[k])) for k in self.order])
        dW, dhx, n = einsum("i,j->ij", dz, z), einsum("i,ij", dz, W), len(t)
        grads = {}
        for row, k in enumerate(self.order):
            grads["W_" + k], grads["b_" + k] = dW[row * n : (row + 1) * n], dz[row * n : (row + 1) * n].tolist()
        return list(dhx[n:]), tuple(dhx[:n]), dc * g["f"], grads
lstm_cell_backward = Back()
'''


def wrong_term():
    source = solution("bptt", "lstm_cell_backward", ('dc * cache["c_prev"] * f * (1 - f)', 'dc * cache["c_prev"] * f'))
    return solved("bptt", lstm_cell_backward=source)


def deleted():
    return drop_cell(drop_cell(solved("bptt"), "clip_gradients"), "check_lstm_backward")


def edited():
    notebook = solved("bptt", numerical_gradient="def numerical_gradient(loss, array, eps=1e-5):\n    return None")
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "pass"
            cell.metadata.nbgrader.points = 1000
    return notebook


def extra(source):
    notebook = solved("bptt")
    cell = dict(cell_type="code", id="scratch", metadata={}, source=source, outputs=[], execution_count=None)
    notebook.cells.insert(2, type(notebook.cells[0])(cell))
    return notebook


def function(name, body, arguments="*args, **kwargs"):
    return solved("bptt", **{name: f"def {name}({arguments}):\n    {body}"})


# student: (what was handed in, the checks that do not get full points and their status)
CLASS = {
    "right": (lambda: solved("bptt"), {}),
    "right-unusual": (lambda: solved("bptt", lstm_cell_backward=UNUSUAL), {}),
    "right-with-a-scratch-cell-that-fails": (lambda: extra("1 / 0"), {}),
    "right-but-noisy": (lambda: extra("import warnings\nwarnings.warn('loud')\n!echo hello\nprint('x' * 10_000_000)"), {}),
    "wrong-term": (wrong_term, {"check_lstm_cell_backward": "partial", "check_lstm_backward": "partial"}),
    "wrong-float32": (
        lambda: solved("bptt", numerical_gradient=solution("bptt", "numerical_gradient").replace(
            "def numerical_gradient", "def in_double").rstrip() + "\n\ndef numerical_gradient(*args):\n    return in_double(*args).astype('f4')"),
        {"check_numerical_gradient": "failed"},
    ),
    "wrong-returns-none": (lambda: function("clip_gradients", "print('done')"), {"check_clip_gradients": "failed"}),
    "changes-its-argument": (
        lambda: solved("bptt", clip_gradients=(
            "def clip_gradients(grads, max_norm):\n    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))\n"
            "    if norm > max_norm:\n        for g in grads.values():\n            g *= max_norm / norm\n    return grads, norm")),
        {"check_clip_gradients": "partial"},
    ),
    "raises": (lambda: function("clip_gradients", "return 1 / 0"), {"check_clip_gradients": "error"}),
    "crashes": (lambda: function("clip_gradients", "import os; os._exit(0)"), {"check_clip_gradients": "error"}),
    "hangs": (lambda: function("clip_gradients", "while True: pass"), {"check_clip_gradients": "timeout"}),
    "hangs-everywhere": (
        lambda: solved("bptt", **{name: f"def {name}(*args):\n    while True: pass" for name in ALL_RIGHT}),
        dict.fromkeys(map("check_{}".format, ALL_RIGHT), "timeout"),
    ),
    "crashes-while-it-runs": (lambda: extra("import os\nos.kill(os.getpid(), 9)"), {}),
    "hungry": (lambda: function("clip_gradients", "return np.zeros(10**11)"), {"check_clip_gradients": "memory"}),
    "deleted-cells": (deleted, {"check_clip_gradients": "failed"}),
    "edited-checks": (edited, {"check_numerical_gradient": "failed"}),
    "malformed": (lambda: '{"cells": [', dict.fromkeys(map("check_{}".format, ALL_RIGHT), "rejected")),
    "=1+1": (lambda: solved("bptt"), {}),
}  # fmt: skip
MISSING = "missing"  # a student with a folder and no notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class, graded: the folder that came out, and the rows of grades.csv by student and check."""
    root = tmp_path_factory.mktemp("class")
    for student, (make, _) in CLASS.items():
        hand_in(root / "submitted", student, "bptt", make())
    (root / "submitted" / MISSING).mkdir()
    (root / "submitted" / "notes.txt").write_text("no student")
    limits = replace(LIMITS, notebook_cpu_s=2.0, check_cpu_s=1.0, call_cpu_s=1.0, memory_bytes=2**29)
    grade_class("bptt", root / "submitted", root / "out", limits=limits, progress=False)
    rows = csv.DictReader((root / "out" / "grades.csv").read_text("utf-8").splitlines())
    return root / "out", {(row["student"], row["check"]): row for row in rows}


def page(graded, student):
    return (graded[0] / "feedback" / student / "bptt.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("student", CLASS)
def test_each_student_gets_what_is_due(graded, student):
    _, rows = graded
    shown = student.replace("=", "%3D") if student.startswith("=") else student
    below = CLASS[student][1]
    for function, points in ALL_RIGHT.items():
        row = rows[shown, f"check_{function}"]
        assert float(row["max_score"]) == points
        if f"check_{function}" in below:
            assert row["status"] == below[f"check_{function}"], row
            assert float(row["score"]) < points
        else:
            assert (row["status"], float(row["score"])) == ("passed", points)
    total = rows[shown, "total"]
    assert float(total["score"]) == sum(float(rows[shown, f"check_{name}"]["score"]) for name in ALL_RIGHT)


def test_every_student_has_rows_and_a_page_and_nobody_else(graded):
    out, rows = graded
    students = {student for student, _ in rows}
    assert len(students) == len(CLASS) + 1 and MISSING in students and "notes.txt" not in students
    assert rows[MISSING, "total"]["status"] == "missing" and float(rows[MISSING, "total"]["score"]) == 0
    assert {path.name for path in (out / "feedback").iterdir()} == students


def test_the_feedback_names_the_gradient_where_and_by_how_much(graded):
    text = page(graded, "wrong-term")
    assert "grads[&#39;W_f&#39;]" in text and "which is off by" in text and "at index [0, 0]" in text
    assert "grads[&#39;W_o&#39;]` is wrong" not in text
    assert "Given your own" in text  # lstm_backward is right, given the student's own cell
    assert "float32" in page(graded, "wrong-float32")
    assert "changed its argument" in page(graded, "changes-its-argument")
    assert "exit code 0" in page(graded, "crashes")
    assert "time limit" in page(graded, "hangs")


def test_the_feedback_holds_no_seed_and_no_hidden_number(graded):
    out, _ = graded
    seeds = {verdict.seed for verdict in journal.read(out / "instructor" / "bptt.jsonl")}
    assert len(seeds) == len(CLASS) + 1
    for seed in seeds:
        for page in (out / "feedback").rglob("*.html"):
            assert str(seed) not in page.read_text("utf-8")


def test_nbgrader_exports_the_same_scores(graded, tmp_path):
    out, rows = graded
    exported = tmp_path / "exported.csv"
    command = [Path(sys.executable).parent / "nbgrader", "export", "--to", exported]
    command += ["--db", f"sqlite:///{out / 'gradebook.db'}"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=120)
    seen = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(exported.read_text().splitlines())}
    totals = {student: float(row["score"]) for (student, check), row in rows.items() if check == "total"}
    assert seen == pytest.approx(totals)


def test_feedback_links_to_the_book_where_its_settings_say_that_it_is(tmp_path, monkeypatch):
    config = tmp_path / "_config.yml"
    config.write_text("html: {baseurl: 'https://example.org/lstm/'}")
    monkeypatch.setattr(feedback, "published", lambda: published(config))
    hand_in(tmp_path / "submitted", "bert", "gates", solved("gates", update_cell="update_cell = None"))
    grade_class("gates", tmp_path / "submitted", tmp_path / "out", workers=1, progress=False)
    written = (tmp_path / "out" / "feedback" / "bert" / "gates.html").read_text()
    assert 'href="https://example.org/lstm/book/chapters/06-cell-state.html#the-equation"' in written


def test_the_command_line_grades_and_explains_itself(tmp_path, capsys):
    hand_in(tmp_path / "submitted", "anna", "gates", solved("gates"))
    hand_in(tmp_path / "submitted", "bert", "gates", solved("gates", forget_gate="forget_gate = None"))
    words = ["grade", "gates", "--submissions", str(tmp_path / "submitted"), "--out", str(tmp_path / "out")]
    assert main([*words, "--book-url", "https://example.org/lstm"]) == 0
    pages = (tmp_path / "out" / "feedback" / "bert" / "gates.html").read_text()
    assert 'href="https://example.org/lstm/book/chapters/04-forget-gate.html#the-equation"' in pages
    assert "2 submissions: 1 passed, 1 failed. Mean score 9.00 of 10." in capsys.readouterr().out
    assert main([*words[:3], str(tmp_path / "nowhere"), *words[4:]]) == 2
    message = capsys.readouterr().err
    assert message.startswith("autograder: There is no folder") and "Traceback" not in message
    with pytest.raises(SystemExit):
        main(["grade", "--help"])
    assert "examples:" in capsys.readouterr().out


def test_without_walls_nothing_is_graded(tmp_path, capsys, monkeypatch):
    hand_in(tmp_path / "submitted", "anna", "gates", solved("gates"))
    monkeypatch.setenv("PATH", "/nonexistent")
    words = ["grade", "gates", "--submissions", str(tmp_path / "submitted"), "--out", str(tmp_path / "out")]
    assert main(words) == 2
    assert "apt-get install bubblewrap" in capsys.readouterr().err
    assert not (tmp_path / "out" / "grades.csv").exists()


def test_two_workers_and_one_give_the_same_grades(tmp_path):
    for student in ("anna", "bert", "cleo"):
        hand_in(tmp_path / "submitted", student, "gates", solved("gates"))
    wrong = "def update_cell(c_prev, f, i, c_tilde):\n    return i * c_prev + f * c_tilde"
    hand_in(tmp_path / "submitted", "dora", "gates", solved("gates", update_cell=wrong))
    tables = []
    for workers in (1, 2):
        out = tmp_path / f"out-{workers}"
        grade_class("gates", tmp_path / "submitted", out, workers=workers, seed=5, progress=False)
        tables.append((out / "grades.csv").read_text())
    assert tables[0] == tables[1]


def test_grading_again_gives_fresh_inputs_and_the_same_grades(tmp_path):
    hand_in(tmp_path / "submitted", "anna", "cell", solved("cell"))
    verdicts = [
        grade_class("cell", tmp_path / "submitted", tmp_path / "out", regrade=words, progress=False).verdicts[0]
        for words in ((), ["all"])
    ]
    assert verdicts[0].seed != verdicts[1].seed
    assert verdicts[0].score == verdicts[1].score == verdicts[0].max_score
    assert np.isfinite(verdicts[0].score)
