"""What nbgrader's formgrader shows: OUT as a course of nbgrader's, with the notebooks that a person grades by hand."""

from __future__ import annotations

from pathlib import Path

import nbformat

from autograder import atomic
from autograder.assignment import Assignment
from autograder.errors import UserError
from autograder.intake import Unreadable, restored
from autograder.student_id import safe_id


def write(out, student: str, data: bytes | None, assignment: Assignment) -> Path | None:
    """Write OUT/autograded/STUDENT/NAME/NAME.ipynb, where formgrader looks for it; None if there is no notebook to show.

    The student's code and answers stand in it, the check cells are the instructor's, and nothing in it is live.
    """
    if data is None:
        return None
    try:
        notebook = restored(data, assignment)
    except Unreadable:
        return None
    folder = Path(out) / "autograded" / safe_id(student) / assignment.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be made: {error.strerror}.") from None
    path = folder / f"{assignment.name}.ipynb"
    with atomic.writing(path) as file:
        file.write(nbformat.writes(notebook, version=nbformat.NO_CONVERT))
    return path
