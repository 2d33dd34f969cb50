"""The instructor's guide: its ten commands, run one after the other on a class, in a copy of the repository."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.notebooks import solution, solved

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book/guide/teaching.md"
COMMANDS = [
    line for block in re.findall(r"^```bash\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    for line in block.splitlines()
]  # fmt: skip
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "tests", "chapters", "submitted", "graded", "*.db", "__pycache__")


@pytest.fixture
def course(tmp_path):
    """The repository, and what three students have handed in on Canvas."""
    root = tmp_path / "course"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    (root / ".venv").symlink_to(sys.prefix)
    archive = root / "downloaded/gates/archive"
    archive.mkdir(parents=True)
    swapped = solution("gates", "forget_gate", ("[h_prev, x]", "[x, h_prev]"))
    nbformat.write(solved("gates"), archive / "doejane_101_9001_gates.ipynb")
    nbformat.write(solved("gates", forget_gate=swapped), archive / "roejohn_LATE_102_9002_gates-1.ipynb")
    shutil.copy(root / "book/exercises/gates/gates.ipynb", archive / "poejim_103_9003_gates.ipynb")
    roster = "Student,ID,SIS User ID,SIS Login ID,Section\n"
    roster += '"Doe, Jane",101,,jane,A\n"Roe, John",102,,john,A\n"Poe, Jim",103,,jim,A\n'
    (root / "canvas.csv").write_text(roster)
    return root


def run(command, course):
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(course)}
    done = subprocess.run(["bash", "-c", command], cwd=course, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def totals(course):
    with open(course / "grades.csv", newline="") as file:
        return {row["student"]: float(row["score"]) for row in csv.DictReader(file) if row["check"] == "total"}


def test_the_ten_commands(course):
    setup, bundle, collect, grade, report, by_hand, again, regrade, feedback, export = COMMANDS
    assert run(f"make --dry-run {setup.removeprefix('make ')}", course)  # the tests run where it was done
    run(f"rm -f book/student/*.zip && {bundle.replace('make bundle', '.venv/bin/python book/_ext/bundle.py')}", course)
    assert list(course.glob("book/student/*.zip"))

    run(collect, course)
    assert sorted(path.name for path in (course / "submitted").iterdir()) == ["101", "102", "103"]
    assert "3 submissions" in run(grade, course)
    first = totals(course)
    assert first["101"] > first["102"] > first["103"] == 0
    run(report, course)
    assert "forget_gate" in (course / "report-gates.html").read_text()

    assert re.search(r"\d", run(f"{by_hand} --version", course))  # formgrader itself: tests/autograder/test_formgrader_page.py
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade_by_hand = gradebook.find_grade("reflection_gates", "gates", "gates", "101")
        grade_by_hand.manual_score = 2
        gradebook.db.commit()

    late = course / "submitted/104/gates"
    late.mkdir(parents=True)
    shutil.copy(course / "submitted/101/gates/gates.ipynb", late)
    assert "3 already graded" in run(again, course) or "kept: 3" in run(again, course)
    assert "4 submissions" in run(regrade, course)
    assert totals(course) == first | {"104": first["101"]}

    run(feedback, course)
    assert list(course.glob("feedback/101/**/*.html"))
    said = run(export, course)
    with open(course / "canvas-gates.csv", newline="") as file:
        rows = {row["ID"]: row for row in csv.DictReader(file)}
    (column,) = [name for name in rows["101"] if name.lower().startswith("exercise") or "gates" in name.lower()]
    assert float(rows["101"][column]) == first["101"] + 2 and float(rows["102"][column]) == first["102"]
    assert "104" in said  # who is not in the roster is named


def test_the_exchange_there_and_back(course, tmp_path, monkeypatch):
    """As on a JupyterHub: what the guide says for the instructor, and the student's own commands."""
    _, out, back, _, returned = (
        line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\.venv/bin/nbgrader \w+ gates$", line)
    )
    exchange, jupyter = tmp_path / "exchange", tmp_path / "jupyter"
    here = PAGE.read_text(encoding="utf-8").replace("/srv/nbgrader/exchange", str(exchange))
    jupyter.mkdir()
    (config,) = (block for block in re.findall(r"^```python\n(.*?)^```", here, re.M | re.S) if "Exchange.root" in block)
    (jupyter / "nbgrader_config.py").write_text(config)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(jupyter))
    run(re.search(r"^sudo (install -d .*)$", here, re.M)[1], course)
    nbgrader = Path(sys.executable).with_name("nbgrader")
    home = tmp_path / "anna"
    home.mkdir()

    run(out, course)
    run(f"{nbgrader} fetch_assignment gates", home)
    nbformat.write(solved("gates"), home / "gates/gates.ipynb")
    run(f"{nbgrader} submit gates", home)
    run(back, course)
    (folder,) = course.glob("submitted/*/gates/submission_secret.txt")
    student = folder.parent.parent.name
    run(".venv/bin/python -m autograder grade gates --submissions submitted --out .", course)
    run(f".venv/bin/nbgrader generate_feedback gates --student {student}", course)
    run(returned, course)
    run(f"{nbgrader} fetch_feedback gates", home)
    (page,) = home.glob("gates/feedback/*/gates.html")
    assert "forget_gate" in page.read_text(encoding="utf-8")
