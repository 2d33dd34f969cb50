"""Submissions for the tests: the masters' solutions in released notebooks, with pieces replaced."""

import copy
import json
from pathlib import Path

import nbformat

from autograder.assignment import load, master


def solved(name, **solutions):
    """A student's notebook of an assignment, all right but for the functions whose source is given."""
    notebook = copy.deepcopy(load(name).notebook)
    answers = {cell.metadata.nbgrader.grade_id: cell.source for cell in master(name).cells if "nbgrader" in cell.metadata}
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution") and cell.cell_type == "code":
            cell.source = solutions.pop(mark.grade_id, answers[mark.grade_id])
    assert not solutions, f"{name} has no cell for {', '.join(solutions)}"
    return notebook


def solution(name, function, *replacements):
    """The master's source of a function, with pieces of text replaced."""
    (source,) = (
        cell.source
        for cell in master(name).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade_id") == function
    )
    for old, new in replacements:
        assert old in source, f"{function} has no {old!r}"
        source = source.replace(old, new)
    return source


def hand_in(submissions: Path, student, name, notebook):
    """Put a notebook (or text, or bytes) where a student hands it in."""
    path = submissions / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    if isinstance(notebook, bytes):
        path.write_bytes(notebook)
    else:
        path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), encoding="utf-8")
    return path


def drop_cell(notebook, grade_id):
    """Delete a cell by its grade_id."""
    kept = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != grade_id]
    assert len(kept) == len(notebook.cells) - 1
    notebook.cells = kept
    return notebook


def as_json(notebook) -> dict:
    return json.loads(nbformat.writes(notebook))
