"""The released notebook of an exercise, to be filled in and spoiled."""

import copy
import json

import pytest

from autograder.assignment import load


@pytest.fixture(scope="session")
def gates():
    return load("gates")


class Handed:
    """A notebook as a student hands it in: plain JSON, to be changed in any way."""

    def __init__(self, notebook):
        self.content = copy.deepcopy(notebook)

    @property
    def cells(self):
        return self.content["cells"]

    def __getitem__(self, grade_id):
        return self.cells[self.position(grade_id)]

    def position(self, grade_id):
        marks = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in self.cells]
        return marks.index(grade_id)

    def pop(self, grade_id):
        return self.cells.pop(self.position(grade_id))

    def duplicate(self, grade_id, **fields):
        """A copy of a cell right behind it, with some fields changed."""
        twin = {**copy.deepcopy(self[grade_id]), "id": "twin", **fields}
        self.cells.insert(self.position(grade_id) + 1, twin)

    def bytes(self):
        return json.dumps(self.content).encode()


@pytest.fixture
def handed(gates):
    """A submission in which every function is defined in its solution cell, by a line that names it."""
    handed = Handed(gates.notebook)
    for check in gates.checks:
        handed[check.function]["source"] = f"def {check.function}(*args): return 'mine'"
    return handed
