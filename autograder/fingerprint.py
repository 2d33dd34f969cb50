"""A few letters that change with a thing: with what was handed in, with what grades it, with what makes the page."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np

from autograder.assignment import ASSIGNMENTS, MASTERS, released_path
from autograder.intake import Collected
from autograder.limits import Limits
from lstmbook import resultpage

HERE = Path(__file__).resolve().parent
LETTERS = 32


def of_grader(name: str, limits: Limits) -> str:
    """Of all that a grade of this assignment depends on besides the submission: master, checks, sandbox, limits.

    The same on every machine that has the same of these.
    """
    others = {f"{other}.py" for other in ASSIGNMENTS if other != name}
    shared = [HERE / "grade.py", *(HERE / "reference").glob("*.py"), *(HERE / "intake").glob("*.py")]
    shared += (HERE / "sandbox").rglob("*.py")
    checks = [path for path in (HERE / "checks").rglob("*.py") if path.name not in others]
    about = json.dumps([asdict(limits), platform.python_version_tuple()[:2], np.__version__])
    return _digest([MASTERS / f"{name}.md", released_path(name), *shared, *checks], about)


def of_pages(name: str, book_url: str) -> str:
    """Of all that a feedback page and formgrader's notebook depend on besides the verdict and what was handed in."""
    folders = HERE / "feedback", Path(resultpage.__file__).parent
    files = [path for folder in folders for path in folder.rglob("*.*") if path.suffix != ".pyc"]
    return _digest([MASTERS / f"{name}.md", released_path(name), HERE / "formgrader.py", *files], book_url)


def of_hand_in(collected: Collected) -> str:
    """Of the bytes that were handed in, or of why there are none to grade."""
    if collected.data is not None:
        return _letters(collected.data)
    return _letters(json.dumps([collected.status, collected.notes, collected.instructor_notes]).encode())


def _digest(paths: Iterable[Path], text: str) -> str:
    return _letters("\n".join([text, *(f"{path.name} {_of_file(path)}" for path in sorted(paths))]).encode())


@cache
def _of_file(path):
    return _letters(path.read_bytes())


def _letters(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:LETTERS]
