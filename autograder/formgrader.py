"""What nbgrader's formgrader shows: a notebook for each student, with what was found, for a person to grade."""

from __future__ import annotations

import copy
import json
import textwrap
from pathlib import Path

from nbformat import NotebookNode, v4

from autograder import atomic
from autograder.assignment import Assignment
from autograder.errors import UserError
from autograder.feedback import wording
from autograder.intake import Unreadable, restored, small_file
from autograder.student_id import safe_id
from autograder.verdict import CheckResult, Verdict

WIDTH = 80  # characters in a line: nbgrader's validate cuts longer ones


def write(out, data: bytes | None, verdict: Verdict, assignment: Assignment) -> Path:
    """Write OUT/autograded/STUDENT/NAME/NAME.ipynb, where formgrader and ``nbgrader generate_feedback`` look for it.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    folder = _folder(out, verdict.student, assignment.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be made: {error.strerror}.") from None
    path = folder / f"{assignment.name}.ipynb"
    with atomic.writing(path) as file:
        file.write(json.dumps(notebook(data, verdict, assignment), ensure_ascii=False))
    return path


def take_along(submission, out, student: str, name: str):
    """Copy what nbgrader's exchange laid beside a notebook, and looks for beside the feedback to know whose it is."""
    for label in ("timestamp.txt", "submission_secret.txt"):
        if content := small_file(submission, label):
            with atomic.writing(_folder(out, student, name) / label) as file:
                file.write(content.decode("utf-8", "replace"))


def notebook(data: bytes | None, verdict: Verdict, assignment: Assignment) -> NotebookNode:
    """The student's code and answers between the instructor's cells; below each check, what it found.

    Nothing in it is live. Where nothing can be read it is the released notebook. What the student is told of the
    notebook as a whole stands at its top.
    """
    try:
        shown = restored(data or b"", assignment)
    except Unreadable:
        shown = copy.deepcopy(assignment.notebook)
    results = {check.check: check for check in verdict.checks}
    for cell in shown.cells:
        if cell.id in results:
            cell.outputs = [NotebookNode(output_type="stream", name="stdout", text=told(results[cell.id]))]
    if verdict.notes:
        lines = (line for note in verdict.notes for line in textwrap.wrap(note, WIDTH))
        text = "\n".join(f"    {line}" for line in lines)  # indented it is code, so nothing in it is live
        shown.cells.insert(0, v4.new_markdown_cell(f"**About this notebook**\n\n{text}", id="notes"))
    return shown


def told(check: CheckResult) -> str:
    """What a check found, as lines of text."""
    lines = [f"{wording.STATUSES[check.status]}: {check.score:g} of {check.max_score:g} points"]
    for finding in check.findings:
        where = ", ".join(filter(None, [finding.output, finding.case]))
        label = wording.FINDINGS.get(finding.kind, "Note")
        lines.append(f"{label} ({where}): {finding.text}" if where else f"{label}: {finding.text}")
    if not check.findings and (explanation := wording.EXPLANATIONS[check.status]):
        lines.append(explanation)
    return "\n".join(piece for line in lines for piece in textwrap.wrap(line, WIDTH, subsequent_indent="  ")) + "\n"


def _folder(out, student, name):
    return Path(out) / "autograded" / safe_id(student) / name
