"""From a verdict to the page that its student reads."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import jinja2
from markupsafe import Markup, escape
from nbgrader.utils import is_grade, is_task

from autograder import atomic
from autograder.errors import UserError
from autograder.feedback import picture, wording
from autograder.limits import LIMITS
from autograder.student_id import printable, safe_id

BOOK_URL = ""  # where the course's book is published, such as https://example.org/lstm; without it pages name chapters

# Characters of a text and items of a kind (notes, findings, cells, …); the next pair if a page is too large with this.
CUTS = ((20_000, 100), (2_000, 30), (200, 10))


def page(verdict, assignment, book_url=BOOK_URL):
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
    shown = {
        "title": assignment.title,
        "student": verdict.student,
        "score": verdict.score,
        "max_score": verdict.max_score,
        "summary": wording.summary(verdict),
        "by_hand": _points_by_hand(assignment),
        "notes": verdict.notes,
        "checks": [(check, cells[check.check]) for check in verdict.checks],
        "cells": [cell for cell in verdict.cells if cell.error or cell.stdout or cell.stderr],
        "chapter": functools.partial(_chapter, book_url=book_url),
    }
    for max_text, max_items in CUTS:
        html = _TEMPLATE.render(shown, max_text=max_text, max_items=max_items)
        if len(html.encode()) <= LIMITS.page_bytes:
            return html
    raise UserError(f"the feedback for {safe_id(verdict.student)} is too large, even when cut")


def write(out_dir, verdict, assignment, book_url=BOOK_URL):
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


def _points_by_hand(assignment):
    """Points of the cells that a person grades."""
    checks = {check.grade_id for check in assignment.checks}
    graded = [cell.metadata.nbgrader for cell in assignment.notebook.cells if is_grade(cell) or is_task(cell)]
    return sum(cell.points for cell in graded if cell.grade_id not in checks)


def _chapter(page, book_url):
    """What to call a page of the book ("chapters/04-forget-gate", "#section" behind it or not), and its address."""
    found = _PAGE.fullmatch(page)
    if not found:
        return None
    path, folder, number, words, section = found.groups(default="")
    name = {"chapters": f"chapter {int(number or 0)}, {words}", "exercises": f"exercise {words}"}.get(folder, words)
    return {"name": name.replace("-", " "), "href": f"{book_url.rstrip('/')}/{path}.html{section}" if book_url else ""}


_PAGE = re.compile(r"((?:([a-z]+)/)?(?:[a-z0-9-]+/)*(?:(\d+)-)?([a-z0-9-]+))(#[a-z0-9-]+)?")


def _grid(parts, max_items):
    """Parts as a table: a word for its first column, its head, and rows of a label and whether each part is right.

    None stands for a part that was not compared. The longer of cases and outputs goes down, so that the table fits a
    narrow screen.
    """
    right = {}
    for part in parts:
        right[part.case, part.output] = right.get((part.case, part.output), True) and part.passed
    cases, outputs = (list(dict.fromkeys(names))[:max_items] for names in zip(*right, strict=True))
    if len(outputs) > len(cases):
        return "output", cases, [(output, [right.get((case, output)) for case in cases]) for output in outputs]
    return "case", outputs, [(case, [right.get((case, output)) for output in outputs]) for case in cases]


def _headline(error):
    """The line of a traceback that says what went wrong: the last that is neither indented nor empty."""
    lines = [line for line in error.splitlines() if line[:1].strip()]
    return lines[-1][:200] if lines else ""


def _points(value):
    """Points to at most two decimals: 2, 1.5, 0.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _breakable(name):
    """A function's name that a narrow screen may break behind an underscore."""
    return Markup("_<wbr>").join(escape(piece) for piece in name.split("_"))


@jinja2.pass_context
def _shown(context, value):
    """A text as it may stand on the page before it is escaped: nothing hidden in it, and not too long."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    left = len(value) - context["max_text"]
    return printable(value) if left <= 0 else f"{printable(value[:-left])} … (cut: {left:,} more characters)"


@jinja2.pass_context
def _prose(context, text):
    """A text in which `…` is code."""
    pieces = _shown(context, text).split("`")
    if len(pieces) % 2 == 0:
        return escape("`".join(pieces))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if i % 2 else piece for i, piece in enumerate(pieces)
    )


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=_shown,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(points=_points, prose=_prose, breakable=_breakable, headline=_headline, grid=_grid)
_ENVIRONMENT.globals.update(wording=wording, picture=picture)
_TEMPLATE = _ENVIRONMENT.get_template("page.html.j2")
