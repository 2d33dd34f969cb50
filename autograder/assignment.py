"""What an assignment consists of: its checks and points, read from the master, and the notebook that students get."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UserError

if TYPE_CHECKING:
    import nbformat

HERE = Path(__file__).resolve().parent.parent
MASTERS = HERE / "solutions"
RELEASED = HERE / "book" / "exercises"

ASSIGNMENTS = ("gates", "cell", "bptt", "training", "variants")  # in course order


@dataclass(frozen=True)
class CheckCell:
    """One graded function: its check cell, its points, and the place in the book that teaches it."""

    grade_id: str
    function: str
    points: float
    section: str


@dataclass(frozen=True)
class Assignment:
    """One exercise notebook; ``checks`` in the notebook's order."""

    name: str
    title: str
    checks: tuple[CheckCell, ...]
    notebook: nbformat.NotebookNode

    @cached_property
    def experiments(self) -> frozenset[str]:
        """The sources of the released notebook's own code cells without a mark: they use functions and define none."""
        cells = (cell for cell in self.notebook.cells if cell.cell_type == "code")
        return frozenset(cell.source for cell in cells if "nbgrader" not in cell.metadata)


def master(name) -> nbformat.NotebookNode:
    """The instructor's notebook of an assignment, solutions included.

    Raises
    ------
    UserError
        If there is no such assignment; the message lists those that there are.
    """
    import jupytext  # takes half a second, which no `--help` should

    if name not in ASSIGNMENTS:
        raise UserError(f"There is no assignment {name!r}. The assignments are {', '.join(ASSIGNMENTS)}.")
    return jupytext.read(MASTERS / f"{name}.md", fmt="md:myst")


def released_path(name, target=RELEASED) -> Path:
    """Where the notebook of an assignment lies, as students get it."""
    return Path(target) / name / f"{name}.ipynb"


@cache
def load(name) -> Assignment:
    """An assignment by its name.

    Parameters
    ----------
    name : str
        One of ``ASSIGNMENTS``.

    Returns
    -------
    Assignment
        Title, checks and points as the master has them, and the released notebook. The same object at every call:
        not to be changed.

    Raises
    ------
    UserError
        If there is no such assignment.

    Examples
    --------
    >>> gates = load("gates")
    >>> gates.title
    'Exercise 1: the gates'
    >>> gates.checks[1]
    CheckCell(grade_id='check_forget_gate', function='forget_gate', points=2, section='chapters/04-forget-gate#the-equation')
    >>> load("gate")
    Traceback (most recent call last):
    autograder.errors.UserError: There is no assignment 'gate'. The assignments are gates, cell, bptt, training, variants.
    """
    import nbformat

    cells = master(name).cells
    return Assignment(
        name=name,
        title=cells[0].source.splitlines()[0].removeprefix("# "),
        checks=tuple(
            CheckCell(
                grade_id=cell.metadata.nbgrader.grade_id,
                function=cell.metadata.nbgrader.grade_id.removeprefix("check_"),
                points=cell.metadata.nbgrader.points,
                section=cell.metadata.lstm.section,
            )
            for cell in cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
        ),
        notebook=nbformat.read(released_path(name), as_version=4),
    )
