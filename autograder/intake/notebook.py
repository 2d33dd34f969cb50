"""What of a submitted notebook runs: all of its code, in order, but for the check cells, which are the instructor's.

The given cell that repeats all tests is left out too, as long as it is the given one; other given cells that are missing
run first.

Cells are known by the mark that nbgrader wrote on them at release. A mark is a hint, never an authority: what a check
is worth and what it does stand in the instructor's copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from nbformat import NotebookNode

from autograder.intake.document import Unreadable, read, scalar
from autograder.intake.wording import listed

_FLAGS = ("points", "grade", "solution", "locked", "task", "cell_type")

_GIVEN = "given_"  # so begin the names of the cells that hold what tests and solutions may use
_AT_ONCE = "everything_at_once"  # this cell repeats the visible tests, for the student to see; it defines nothing

# A space after these signs, and Markdown has no HTML, entities, links, MathJax links or diagrams any more.
_LIVE = re.compile(
    r"<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=[(\[:])|\\(?=(?:href|style|class|cssId|require)(?![A-Za-z]))|mer(?=maid)",
    re.IGNORECASE,
)


class Cell(NamedTuple):
    """A code cell to run."""

    cell_id: str
    source: str


@dataclass(frozen=True)
class Submission:
    """A notebook as it is to be graded: the code cells to run, in order, or ``status`` "rejected".

    ``notes`` are for the student, ``instructor_notes`` for the instructor alone.
    """

    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    instructor_notes: tuple[str, ...] = ()
    status: str | None = None


def parse(data: bytes, assignment) -> Submission:
    """Read a notebook that was handed in for an assignment; pure, and raises for no bytes at all.

    Parameters
    ----------
    data : bytes
        The file, as it is.
    assignment : autograder.assignment.Assignment
        Its checks, and the released notebook.
    """
    try:
        document = read(data)
    except Unreadable as problem:
        return Submission(notes=(problem.note,), instructor_notes=(problem.fact,), status="rejected")
    cells, released = document.cells, _marked(assignment)
    checks = {check.grade_id for check in assignment.checks}
    functions = [check.function for check in assignment.checks]
    standing, set_aside = _check_cells(cells, {name: released[name].source for name in checks})
    defined = [cell.source for cell in cells if cell.kind == "code"]
    retyped = {
        cell.grade_id
        for cell in cells
        if cell.kind != "code" and cell.grade_id in functions and not _number_of_definitions(cell.grade_id, defined)
    }
    at_once = released.get(_AT_ONCE)
    run = [
        cell
        for position, cell in enumerate(cells)
        if position not in set_aside and (cell.kind == "code" or cell.grade_id in retyped)
        if not (at_once and _same(cell.source, at_once.source))
    ]
    given = _missing_given(cells, released)
    notes, facts = list(document.notes), list(document.facts)
    if not any(cell.grade_id in released for cell in cells) and not standing:
        notes.append(
            "None of the assignment's own cells is in your notebook. It was graded by its code: any cell that defines "
            "a function counts."
        )
        facts.append("None of the assignment's own cells is in the notebook; it may be another assignment's.")
    else:
        told = _on_checks(cells, standing, set_aside, checks, released) + _on_solutions(cells, run, functions, retyped)
        if given:
            told.append(f"Given cells that are not in the notebook: {listed(given)}. They were put back and ran first.")
        notes += told
        facts += told
    facts += _on_marks(cells, released)
    first = [Cell(name, released[name].source) for name in given]
    return Submission((*first, *(Cell(cell.cell_id, cell.source) for cell in run)), tuple(notes), tuple(facts))


def restored(data: bytes, assignment) -> NotebookNode:
    """The submission as a notebook for grading by hand, in which nothing is live.

    The student's code and answers are kept, check cells and texts are the instructor's again, and nothing that the
    notebook put out is left. What could act in the browser of a person who reads it is made inert. Metadata are those of
    the released notebook itself: not to be changed.

    Raises
    ------
    Unreadable
        Where `parse` says "rejected".
    """
    cells, released = read(data).cells, _marked(assignment)
    checks = {check.grade_id: released[check.grade_id].source for check in assignment.checks}
    _, set_aside = _check_cells(cells, checks)
    last = {cell.grade_id: position for position, cell in enumerate(cells)}
    body = []
    for position, cell in enumerate(cells):
        if position in set_aside:
            continue
        if cell.grade_id in released.keys() - checks.keys() and last[cell.grade_id] == position:
            body.append(_answered(released[cell.grade_id], cell.source))
        elif cell.kind == "code":
            body.append(_cell("code", cell.source, outputs=[], execution_count=None))
        elif cell.kind == "markdown":
            body.append(_cell("markdown", _inert(cell.source)))
    _put_back(body, released)
    for number, cell in enumerate(body, 1):
        cell.id = _grade_id(cell) or f"own-{number}"
    return NotebookNode(assignment.notebook, cells=body)


def _cell(kind, source, **rest):
    """A cell of the current format; nbformat's own makers check each against the format's schema, which takes longer."""
    return NotebookNode(cell_type=kind, metadata=NotebookNode(), source=source, **rest)


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _marked(assignment):
    """The released notebook's marked cells by their ids, in order."""
    return {_grade_id(cell): cell for cell in assignment.notebook.cells if _grade_id(cell)}


def _same(source, other):
    """Equal but for line ends and white space at the ends of lines."""
    return [line.rstrip() for line in source.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]


def _missing_given(cells, released):
    """The names of the given cells that are gone; the code that is left may still use what they define."""
    code = [cell for cell in cells if cell.kind == "code"]
    present = {name for cell in code for name in (cell.grade_id, cell.cell_id)}
    return [
        name
        for name, cell in released.items()
        if name.startswith(_GIVEN) and name not in present and not any(_same(own.source, cell.source) for own in code)
    ]


def _check_cells(cells, checks):
    """The position of the cell that stands for each check, and of all cells that are the instructor's.

    A copy of a check cell that was changed is a cell of the student's own, as long as the original is there too.
    """
    standing, set_aside = {}, set()
    for name, source in checks.items():
        marked = [position for position, cell in enumerate(cells) if cell.grade_id == name]
        alike = [
            position
            for position, cell in enumerate(cells)
            if cell.kind == "code" and cell.grade_id in (name, "") and _same(cell.source, source)
        ]
        alike.sort(key=lambda position: position not in marked)
        if alike or marked:
            standing[name] = (alike or marked)[0]
            set_aside |= {standing[name], *alike}
    return standing, set_aside


def _on_checks(cells, standing, set_aside, checks, released):
    """What the student is told of the check cells."""
    order = [name for name in released if name in checks]
    told = []
    if deleted := [name for name in order if name not in standing]:
        told.append(
            f"Check cells that are not in the notebook: {listed(deleted)}. They were put back and count as always."
        )
    edited = [
        name
        for name, position in standing.items()
        if cells[position].kind != "code" or not _same(cells[position].source, released[name].source)
    ]
    if edited := [name for name in order if name in edited]:
        told.append(
            f"Check cells that were changed: {listed(edited)}. The original ones count, and what was written there did "
            "not run: your own code and tests belong in cells of their own."
        )
    moved = _moved(cells, standing, released)
    if moved := [name for name in order if name in moved]:
        told.append(f"Check cells that were moved: {listed(moved)}. They were put back and count as always.")
    names = [cell.grade_id for cell in cells]
    if copied := [name for name in order if names.count(name) > 1]:
        changed = any(cell.grade_id in copied and i not in set_aside for i, cell in enumerate(cells))
        ran = ", and a changed copy ran as a cell of your own" if changed else ""
        told.append(f"Check cells that are there more than once: {listed(copied)}. Each counts once{ran}.")
    return told


def _on_solutions(cells, run, functions, retyped):
    """What the student is told of the solution cells."""
    sources = [cell.source for cell in run]
    definitions = {name: _number_of_definitions(name, sources) for name in functions}
    marked = {name: sum(cell.grade_id == name for cell in run) for name in functions}
    told = []
    if twice := [name for name in functions if max(definitions[name], marked[name]) > 1]:
        told.append(f"There is more than one cell for {listed(twice)}. They run in order, and the last one counts.")
    if missing := [name for name in functions if not definitions[name] and not any(c.grade_id == name for c in cells)]:
        told.append(
            f"The solution cell is not in the notebook: {listed(missing)}. That is all right where another cell "
            "defines the function."
        )
    if retyped:
        told.append(
            f"The solution cell is no code cell any more: {listed(name for name in functions if name in retyped)}. "
            "It was run as code, since no other cell seems to define the function."
        )
    return told


def _on_marks(cells, released):
    """What the instructor is told of marks that differ from the release's. They are not used."""
    told = []
    changed = [
        f"{cell.grade_id}: {flag} {scalar(mark.get(flag))} → {scalar(cell.mark.get(flag))}"
        for cell in cells
        if cell.grade_id in released
        for mark in [released[cell.grade_id].metadata.nbgrader]
        for flag in _FLAGS
        if cell.mark.get(flag) != mark.get(flag)
    ]
    if changed:
        told.append(f"Changed in the cells' metadata, and ignored: {listed(changed)}.")
    if unknown := sorted({cell.grade_id for cell in cells} - released.keys() - {""}):
        told.append(f"Cells marked with ids that the assignment does not have: {listed(unknown)}.")
    return told


def _moved(cells, standing, released):
    """The checks whose cells stand in another place among the marked cells.

    Those that stay are the heaviest run of marked cells in their released order; solution cells weigh more, so that of
    a check and a solution that changed places the check is the one that moved.
    """
    place = {name: number for number, name in enumerate(released)}
    positions = {cell.grade_id: i for i, cell in enumerate(cells) if cell.grade_id in place} | standing
    names = sorted(positions, key=positions.get)
    runs = []
    for name in names:
        before = max((run for run in runs if place[run[1][-1]] < place[name]), default=(0, []), key=lambda run: run[0])
        runs.append((before[0] + (2 if name in standing else 3), [*before[1], name]))
    stayed = max(runs, default=(0, []), key=lambda run: run[0])[1]
    return standing.keys() - set(stayed)


def _number_of_definitions(name, sources):
    """How many of these sources bind a name at their top level, by their looks; for notes, never for grades."""
    looks = re.compile(
        rf"^(?:(?:async[ ]+)?def|class)[ \t]+{name}\b|^{name}[ \t]*(?::[^=\n]*)?=(?!=)|^(?:from|import)\b.*\b{name}\b",
        re.M,
    )
    return sum(name in source and bool(looks.search(source)) for source in sources)


def _inert(markdown):
    return _LIVE.sub(r"\g<0> ", markdown)


def _answered(cell, source):
    """A released cell with the student's answer in it, if it is one that is answered."""
    cell = NotebookNode(cell)
    if cell.metadata.nbgrader.get("solution"):
        cell.source = source if cell.cell_type == "code" else _inert(source)
    return cell


def _put_back(body, released):
    """Insert the released marked cells that are missing, each after the one that it followed."""
    present = [_grade_id(cell) for cell in body]
    position = 0
    for name, cell in released.items():
        if name not in present:
            body.insert(position, NotebookNode(cell))
            present.insert(position, name)
        position = present.index(name) + 1
