"""An exercise's notebook: the functions to write, and the cells to run."""

import json
from dataclasses import dataclass

from lstmbook.selfcheck.problem import Problem

AT_ONCE = "everything_at_once"  # this cell repeats all tests


@dataclass(frozen=True)
class Cell:
    """A cell, and what the mark that it was released with says of it.

    ``role`` is "solution", "test" or "check" for a cell that is about the function ``task``, "by hand" for an answer
    that a person grades, else "". ``name`` is the mark, or for a cell of the student's own its first line.
    """

    kind: str
    source: str
    name: str
    role: str = ""
    task: str = ""
    points: float = 0
    section: str = ""  # the page of the book that teaches the function


@dataclass(frozen=True)
class Exercise:
    """A notebook as the self-check sees it: ``run`` are its code cells without checks, which repeat the tests."""

    title: str
    tasks: tuple[str, ...]
    checks: dict[str, Cell]
    run: tuple[Cell, ...]
    by_hand: float  # points that a person gives
    notes: tuple[str, ...]


def read(path) -> Exercise:
    """Read a notebook.

    Parameters
    ----------
    path : Path

    Raises
    ------
    Problem
        If there is no such file, if it is no notebook, or if none of the course's tests is in it.
    """
    cells = _cells(path)
    code = [cell for cell in cells if cell.kind == "code"]
    tests = {cell.task: cell for cell in code if cell.role == "test"}
    checks = {cell.task: cell for cell in code if cell.role == "check"}
    if not tests:
        raise Problem(
            f"{path.name} is a notebook, but no test of an exercise is in it. Give the notebook of an exercise, such "
            "as gates.ipynb, with the cells that it came with."
        )
    tasks = tuple(dict.fromkeys(cell.task for cell in code if cell.task))
    return Exercise(
        title=next((cell.source.splitlines()[0][2:] for cell in cells if cell.source.startswith("# ")), path.stem),
        tasks=tasks,
        checks=checks,
        run=tuple(cell for cell in code if cell.role != "check" and cell.name != AT_ONCE),
        by_hand=sum(cell.points for cell in cells if cell.role == "by hand"),
        notes=tuple(
            f"The {role} cell of `{task}` is not in your notebook. {remedy}"
            for role, there, remedy in (
                ("test", tests, "Download the notebook again, and copy your code into it."),
                ("check", checks, "Grading puts it back; here its points are missing."),
            )
            for task in tasks
            if task not in there
        ),
    )


def _cells(path):
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Problem(
            f"{path.name} is no notebook: its content is not JSON. Open it in JupyterLab, save it, and give that file."
        ) from error
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise Problem(
            f"{path.name} has no cells, so it is no notebook of today's format. Open it in JupyterLab, and save it."
        )
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _cell(raw):
    """A cell out of JSON of which nothing is sure."""
    source, metadata = raw.get("source"), _dict(raw.get("metadata"))
    source = "".join(map(str, source)) if isinstance(source, list) else str(source or "")
    mark, kind = _dict(metadata.get("nbgrader")), str(raw.get("cell_type"))
    name, points = mark.get("grade_id"), mark.get("points")
    if not isinstance(name, str) or not name.isidentifier():
        return Cell(kind, source, (source.strip().splitlines() or [""])[0][:60])
    role, _, task = name.partition("_")
    if role not in ("test", "check") or not task:
        role, task = "by hand" if mark.get("grade") else "", ""
        if mark.get("solution") and kind == "code":
            role, task = "solution", name
    return Cell(
        kind,
        source,
        name,
        role,
        task,
        points=points if type(points) in (int, float) and 0 <= points < 1000 else 0,
        section=str(_dict(metadata.get("lstm")).get("section", "")),
    )


def _dict(value):
    return value if isinstance(value, dict) else {}
