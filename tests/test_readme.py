"""Every command of the README, run as it stands there."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from tests.notebooks import solved

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
COMMANDS = [line.partition("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "chapters", "*.db", "__pycache__")
HERE = [f"BIN={Path(sys.executable).parent}", "READY=ready"]  # set up already: what runs the tests
ELSEWHERE = {
    "python start.py": "tests/book/_ext/test_bundle.py",
    "make test": ".ci/run",
    "make setup": ".github/workflows/test.yml",  # before `make test`, which needs it, on a fresh machine
}
TESTED_HERE = (
    "make serve",
    "python -m lstmbook.selfcheck",
    ".venv/bin/python -m autograder",
    ".venv/bin/nbgrader",
    ".venv/bin/jupyter",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the repository, in which one student has handed in."""
    root = tmp_path_factory.mktemp("readme") / "course"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    (root / ".venv").symlink_to(sys.prefix)
    (root / "ready").touch()
    submitted = root / "submitted/anna/bptt"
    submitted.mkdir(parents=True)
    nbformat.write(solved("bptt"), submitted / "bptt.ipynb")
    shutil.copy(submitted / "bptt.ipynb", root)
    shutil.copy(submitted / "bptt.ipynb", root / "book")
    return root


def run(command, folder):
    packages = os.pathsep.join([str(folder), str(folder / "book")])
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": packages}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def test_every_command_is_run_by_some_test():
    here = {command for test in TESTED_HERE for command in COMMANDS if command.startswith(test)}
    assert set(COMMANDS) == here | set(ELSEWHERE)
    assert "make test" in (ROOT / ".ci/run").read_text() and ".ci/run" in (ROOT / ".github/workflows/test.yml").read_text()
    assert '"start.py"' in (ROOT / "tests/book/_ext/test_bundle.py").read_text()


def test_make_serve_serves_the_book(course):
    """What it serves is built by other tests."""
    (course / "_build/html").mkdir(parents=True, exist_ok=True)
    (course / "_build/html/index.html").write_text("the book")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["make", "--no-print-directory", "--old-file=book", "serve", f"PORT={port}", *HERE]
    with subprocess.Popen(words, cwd=course, stdout=subprocess.PIPE, text=True, start_new_session=True) as serving:
        try:
            assert serving.stdout.readline() == f"The book is at http://127.0.0.1:{port}/ (end with Ctrl+C)\n"
            for _ in range(300):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                        assert page.read() == b"the book"
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                pytest.fail("nothing is served")
        finally:
            os.killpg(serving.pid, 15)


def test_make_help_names_every_command_with_what_it_does(course):
    said = run("make help", course)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    assert re.findall(r"^  make (\w+) ", said, re.M) == phony
    for name in phony:
        run(f"make --dry-run {name} {' '.join(HERE)}", course)
    for named in re.findall(r"`make (\w+)", "".join((ROOT / each).read_text() for each in ("README.md", "CONTRIBUTING.md"))):
        assert named in phony


def test_the_commands_for_a_class(course):
    selfcheck, grade, autograde, lab, feedback, export, validate = (
        next(command for command in COMMANDS if command.startswith(words))
        for words in (
            "python -m lstmbook.selfcheck",
            ".venv/bin/python -m autograder grade",
            ".venv/bin/nbgrader autograde",
            ".venv/bin/jupyter lab",
            ".venv/bin/nbgrader generate_feedback",
            ".venv/bin/nbgrader export",
            ".venv/bin/nbgrader validate",
        )
    )
    assert "4 of 4 functions pass" in run(selfcheck, course / "book")
    assert "1 submissions" in run(grade, course) and (course / "graded/feedback/anna/bptt.html").is_file()
    assert "anna" in run(autograde, course)
    assert re.search(r"\d", run(f"{lab} --version", course))  # formgrader itself: tests/autograder/test_formgrader_page.py
    run(feedback, course)
    assert list(course.glob("feedback/anna/**/*.html"))
    run(export, course)
    assert "anna" in (course / "course.csv").read_text()
    said = run(validate, course)
    assert "FAILED ON 1 CELL" in said and "YOUR ANSWER HERE" in said  # the written answer alone is missing
