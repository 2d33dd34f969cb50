"""What the tests of the checks share: one sandbox for each module, and how a corpus of solutions is graded in it.

``corpus/NAME/right/STYLE.py`` are solutions that earn full marks, ``corpus/NAME/wrong/FUNCTION--FAULT.py`` such that
must not. A line ``# %%`` begins a new cell.
"""

import zlib

import pytest

from autograder.assignment import load
from autograder.checks import checks_of
from autograder.grade import grade_check
from autograder.sandbox import Sandbox

collect_ignore_glob = ["corpus/*"]  # students' code: it runs in the sandbox alone


@pytest.fixture(scope="module")
def grade():
    """``grade(assignment, *paths, functions=…)``: the results of a notebook with the cells of these files, by function."""
    with Sandbox() as sandbox:

        def graded(name, *paths, functions=None):
            sources = [source for path in paths for source in path.read_text().split("# %%\n") if source.strip()]
            cells = [(f"cell {number}", source) for number, source in enumerate(sources, 1)]
            seed = zlib.crc32(paths[-1].name.encode())
            with sandbox.student(cells) as student:
                return {
                    cell.function: grade_check(cell, checks_of(name)[cell.function], student, seed)
                    for cell in load(name).checks
                    if functions is None or cell.function in functions
                }

        yield graded
