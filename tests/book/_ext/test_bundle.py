"""What students download in one file."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import nbformat
import pytest

import bundle

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    zipfile.ZipFile(bundle.write(folder / "it.zip")).extractall(folder)
    return folder / bundle.NAME


def test_it_holds_every_exercise_as_released_and_no_answer(unpacked):
    released = sorted((ROOT / "book/exercises").glob("*/*.ipynb"))
    assert len(released) == 5
    for path in released:
        assert (unpacked / "exercises" / path.name).read_bytes() == path.read_bytes()
    for path in unpacked.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(words in data for words in (b"BEGIN SOLUTION", b"import autograder", b"from autograder")), path
    stubs = [
        cell.source
        for path in released
        for cell in nbformat.read(unpacked / "exercises" / path.name, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    ]
    assert len(stubs) == 23 and all("raise NotImplementedError" in stub for stub in stubs)


def test_what_lstmbook_reads_is_there(unpacked):
    lines = "from lstmbook.vowels import utterances; from lstmbook.heartbeats import recording"
    lines += "; print(len(utterances('test')[0]), len(recording()[0]))"
    done = subprocess.run([sys.executable, "-c", lines], cwd=unpacked, capture_output=True, text=True)
    assert done.stdout == "370 108000\n", done.stderr
    for folder in (unpacked / "data/sources").iterdir():
        assert "Licence" in (folder / "README.md").read_text(), f"{folder.name} without its licence"


def test_its_requirements_are_pinned_as_the_projects(unpacked):
    lines = (unpacked / "requirements.txt").read_text().splitlines()
    assert set(lines) <= set((ROOT / "requirements.txt").read_text().splitlines())
    assert {"numpy", "matplotlib", "jupyterlab", "anywidget", "jinja2"} <= {line.split("==")[0] for line in lines}
    assert not any(line.startswith(("nbgrader", "distributed", "sqlalchemy")) for line in lines)


def test_the_same_files_give_the_same_bytes(tmp_path):
    first, second = (bundle.write(tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert first == second


def test_an_import_without_a_version_is_an_error():
    with pytest.raises(LookupError, match="no version of pip: run `make lock`"):
        bundle.requirements({"x.py": b"import pip"})


def test_the_self_check_runs_from_it(unpacked):
    words = [sys.executable, "-m", "lstmbook.selfcheck", "exercises/gates.ipynb"]
    done = subprocess.run(words, cwd=unpacked, capture_output=True, text=True)
    assert "0 of 7 functions pass their tests" in done.stdout, done.stderr
    assert (unpacked / "exercises/gates-selfcheck.html").exists()


def test_binders_start_lets_notebooks_find_the_package(unpacked):
    words = ["sh", "../start", sys.executable, "-c", "import lstmbook; print(lstmbook.__file__)"]
    done = subprocess.run(words, cwd=unpacked / "exercises", capture_output=True, text=True)
    assert Path(done.stdout.strip()) == unpacked / "lstmbook/__init__.py", done.stderr


@pytest.fixture
def ready(unpacked):
    """The bundle with its environment, this one, ready."""
    python = unpacked / ".venv/bin/python"
    python.parent.mkdir(parents=True, exist_ok=True)
    if not python.exists():
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
    (unpacked / ".venv/ready.txt").write_bytes((unpacked / "requirements.txt").read_bytes())
    return unpacked


def test_it_starts_where_its_environment_is_ready(ready):
    done = subprocess.run([sys.executable, "start.py", "--set-up"], cwd=ready, capture_output=True, text=True)
    assert done.stdout == "All is ready: python start.py\n", done.stderr


def test_it_opens_the_exercises_in_jupyterlab_and_ends_when_told(ready):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["start.py", "--no-browser", f"--port={port}", "--IdentityProvider.token=here"]
    words += ["--allow-root"] if os.geteuid() == 0 else []
    log, address = ready / "log", f"http://127.0.0.1:{port}/api"
    with open(log, "w") as said:
        running = subprocess.Popen([sys.executable, *words], cwd=ready, stdout=said, stderr=said, start_new_session=True)
    try:
        listed = until_it_answers(f"{address}/contents?token=here", running, log)
        assert {"gates.ipynb", "variants.ipynb"} <= {each["name"] for each in json.loads(listed)["content"]}
        os.kill(running.pid, signal.SIGINT)  # Ctrl+C is JupyterLab's business
        urllib.request.urlopen(f"{address}/shutdown?token=here", data=b"", timeout=60).close()
        assert running.wait(120) == 0, log.read_text()
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def until_it_answers(address, process, log):
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read()
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(log.read_text())
