"""From a verdict to the page that its student reads."""

from __future__ import annotations

from pathlib import Path

import yaml

from autograder import atomic
from autograder.assignment import HERE
from autograder.errors import UserError
from autograder.feedback import picture, wording
from autograder.limits import LIMITS
from autograder.student_id import safe_id
from lstmbook.resultpage import Card, Said, environment, render

_TEMPLATE = environment(Path(__file__).parent / "templates").get_template("feedback.html.j2")


def published(config=HERE / "_config.yml"):
    """Where the book is published, as its settings say under ``html: baseurl``; empty where they do not."""
    return yaml.safe_load(config.read_text(encoding="utf-8"))["html"]["baseurl"]


def page(verdict, assignment, book_url=""):
    """One self-contained HTML page about a submission, for its student.

    Parameters
    ----------
    verdict : autograder.verdict.Verdict
        Its ``seed`` and ``instructor_notes`` are not looked at.
    assignment : autograder.assignment.Assignment
    book_url : str
        Address of the published book, for links to its chapters; without one, chapters are named.

    Returns
    -------
    str
        At most ``LIMITS.page_bytes`` in UTF-8, with no script and no outside resource. Whatever a student wrote stands
        there as text; what is too long is cut, and the page says so.
    """
    cells = {cell.grade_id: cell for cell in assignment.checks}
    html = render(
        _TEMPLATE,
        LIMITS.page_bytes,
        [_card(check, cells[check.check]) for check in verdict.checks],
        book_url,
        title=assignment.title,
        student=verdict.student,
        score=verdict.score,
        max_score=verdict.max_score,
        summary=wording.summary(verdict),
        by_hand=_points_by_hand(assignment),
        notes=verdict.notes,
        cells=[cell for cell in verdict.cells if cell.error or cell.stdout or cell.stderr],
    )
    if html is None:
        raise UserError(f"the feedback for {safe_id(verdict.student)} is too large, even when cut")
    return html


def write(out_dir, verdict, assignment, book_url=""):
    """Write the page to OUT/feedback/STUDENT/ASSIGNMENT.html, whole or not at all; returns the path.

    Raises
    ------
    UserError
        If it cannot be written, or if a symbolic link stands where one of its folders should.
    """
    folder = Path(out_dir)
    for name in ("feedback", safe_id(verdict.student)):
        folder /= name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"cannot make the folder {folder}: {error.strerror}") from error
        if folder.is_symlink():
            raise UserError(f"{folder} is a symbolic link, and feedback is written into real folders only: remove it")
    path = folder / f"{assignment.name}.html"
    with atomic.writing(path) as file:
        file.write(page(verdict, assignment, book_url))
    return path


def _card(check, cell):
    """A check as the page shows it."""
    return Card(
        function=cell.function,
        section=cell.section,
        status=check.status,
        word=wording.STATUSES[check.status],
        points=check.max_score,
        score=check.score,
        hints=tuple(_said(finding) for finding in check.findings if finding.kind in wording.HINTS),
        findings=tuple(_said(finding) for finding in check.findings if finding.kind not in wording.HINTS),
        explanation=wording.EXPLANATIONS[check.status],
        parts=check.parts,
    )


def _said(finding):
    """A finding in the page's words, with its picture where that says more."""
    entries = finding.entries
    return Said(
        label=wording.FINDINGS.get(finding.kind, "Note"),
        text=finding.text,
        case=finding.case,
        output=finding.output,
        link=finding.link,
        picture=(picture.svg(entries), picture.describe(entries)) if picture.tells(entries) else None,
    )


def _points_by_hand(assignment):
    """Points of the cells that a person grades."""
    checks = {check.grade_id for check in assignment.checks}
    marks = [cell.metadata.get("nbgrader", {}) for cell in assignment.notebook.cells]
    graded = [mark for mark in marks if mark.get("grade") or mark.get("task")]
    return sum(mark.points for mark in graded if mark.grade_id not in checks)
