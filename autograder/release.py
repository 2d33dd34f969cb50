"""The notebooks that students get: nbgrader's own ``generate_assignment``, run on the masters."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config

from autograder.assignment import RELEASED, master, released_path
from autograder.errors import UserError

# What nbgrader puts in the place of a solution.
CODE_STUB = '# YOUR CODE HERE\nraise NotImplementedError("not written yet: replace these two lines")'

# What a page of the book folds, to leave the tasks to read, and under which title.
FOLDED = {
    "given_expect": "how the tests compare",
    "given_numbers": "what the tests use",
    "test_": "the tests",
    "everything_at_once": "how all tests are run",
}


class Generate(GenerateAssignment):
    """nbgrader's own way to release, also where `autograder.nbgrader_ways` has put ours in its place."""

    start = GenerateAssignment.start


def write_source(name, course):
    """Write a master as nbgrader wants it, to ``course/source/NAME/NAME.ipynb``, the same bytes every time."""
    notebook = master(name)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "file_extension": ".py", "pygments_lexer": "ipython3"},
    }
    for index, cell in enumerate(notebook.cells):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{index}")
        if cell.cell_type == "code":
            cell.metadata.tags = ["raises-exception"]  # JupyterLab then runs the next cell, as grading does
        for title in (title for start, title in FOLDED.items() if cell.id.startswith(start)):
            cell.metadata.tags += ["hide-input"]
            cell.metadata.mystnb = {"code_prompt_show": f"Show {title}", "code_prompt_hide": f"Hide {title}"}
    path = Path(course) / "source" / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def release(name, target=RELEASED) -> Path:
    """Make the students' notebook of an assignment anew.

    Parameters
    ----------
    name : str
        The assignment.
    target : path
        The notebook is written to ``target/NAME/NAME.ipynb``.

    Returns
    -------
    Path
        The notebook.

    Raises
    ------
    UserError
        If there is no such assignment, or nbgrader could not release it; the message then ends with its log.
    """
    with tempfile.TemporaryDirectory() as course:
        write_source(name, course)
        config = Config()
        config.CourseDirectory.root = course
        config.ClearSolutions.code_stub = {"python": CODE_STUB}
        config.GenerateAssignment.no_database = True  # a gradebook would be thrown away with the folder
        config.SaveCells.enabled = False
        config.CourseDirectory.assignment_id = name
        result = capture_log(Generate(coursedir=CourseDirectory(config=config), config=config))
        if not result["success"]:
            raise UserError(f"nbgrader could not release {name!r}. Mend solutions/{name}.md; its log:\n{result['log']}")
        path = released_path(name, target)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((Path(course) / "release" / name / f"{name}.ipynb").read_bytes())
        return path
