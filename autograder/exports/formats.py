"""The tables that other systems read. Each is a function from grades and a roster to rows, the first with the names.

Students' ids in another system stand exactly as its roster has them, since it looks for them. Any other text is made
`harmless` to a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.errors import UserError
from autograder.exports.roster import Roster
from autograder.exports.totals import Total, Totals

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_MOODLE = {
    "useridnumber": ("ID number", "idnumber"),
    "useremail": ("Email address", "email"),
    "username": ("Username", "username"),
}


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute a cell with this text."""
    return text.startswith(_FORMULA)


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and does not compute."""
    return f"'{text}" if is_formula(text) else text


def number(points: float) -> str:
    """Points to at most four decimals."""
    return f"{points:.4f}".rstrip("0").rstrip(".")


def canvas(totals: Totals, roster: Roster, title: str, feedback: bool = False) -> Iterator[list[str]]:
    """The gradebook file of Canvas, imported in its Gradebook by Import.

    Canvas looks a student up by ID, else by SIS User ID, else by SIS Login ID, and an assignment by the number behind
    its name; a name that it does not know becomes a new assignment.

    References
    ----------
    Columns and their order: ``lib/gradebook_importer.rb`` in https://github.com/instructure/canvas-lms, and
    https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
    """
    if not {"ID", "SIS User ID", "SIS Login ID"} & set(roster.columns):
        raise UserError(
            "Canvas knows students by ID, SIS User ID or SIS Login ID, and the roster has none of these columns; it "
            f"has {', '.join(roster.columns)}. Take the file that Canvas' gradebook gives by Export."
        )
    yield [*_CANVAS, _canvas_title(title, roster)]
    yield ["    Points Possible", "", "", "", "", number(totals.max_score)]
    for student, row in _both(totals, roster):
        name, *ids, section = (row.get(column, "") for column in _CANVAS)
        yield [harmless(name), *ids, harmless(section), number(student.score)]


def _canvas_title(title, roster):
    """The assignment's column as Canvas named it in the roster, number included, if it is there."""
    same = [column for column in roster.columns if re.sub(r"\s*\(\d+\)$", "", column) == title]
    return same[0] if same else harmless(title)


def moodle(totals: Totals, roster: Roster, title: str, feedback: bool = False) -> Iterator[list[str]]:
    """A file for Moodle's grade import (Grades, Import, CSV file), where its columns are mapped to users and items.

    Moodle stops at the first row of somebody whom it does not know. A text of feedback needs the grade beside it, else
    Moodle clears the grade: both columns are to be mapped.

    References
    ----------
    https://docs.moodle.org/405/en/Grade_import; ``grade/import/csv/classes/load_data.php`` in
    https://github.com/moodle/moodle
    """
    known = {names[0]: column for names in _MOODLE.values() for column in roster.columns if column in names}
    if not known:
        raise UserError(
            "Moodle knows students by ID number, Email address or Username, and the roster has none of these columns; "
            f"it has {', '.join(roster.columns)}. Take a file that Moodle's gradebook gives by Export, Plain text file."
        )
    yield [*known, harmless(title), *([harmless(f"Feedback: {title}")] if feedback else [])]
    for student, row in _both(totals, roster):
        words = [harmless(_feedback(student))] if feedback else []
        yield [*(row[column] for column in known.values()), number(student.score), *words]


def _feedback(student: Total) -> str:
    """The points of each function in a line."""
    parts = [
        f"{name.removeprefix('check_')} {number(points)} of {number(worth)}"
        for name, (points, worth) in student.parts.items()
    ]
    late = [f"late: {number(student.penalty)} taken off"] if student.penalty else []
    return "; ".join(parts + late)


def nbgrader(totals: Totals, roster: Roster | None, title: str, feedback: bool = False) -> Iterator[list[str]]:
    """The table of `nbgrader export`, with quotes where a text needs them.

    References
    ----------
    ``CsvExportPlugin`` in https://nbgrader.readthedocs.io/en/stable/plugins/export-plugin.html
    """
    yield (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score"
    ).split(",")
    for student in totals.students.values():
        about = [totals.assignment, totals.due or "", student.handed_in or "", student.student]
        about += [student.last_name, student.first_name, student.email]
        scores = student.raw, student.penalty, student.score, totals.max_score
        yield [*(harmless(str(text)) for text in about), *map(str, scores)]


def _both(totals, roster):
    """The students who have a grade and a row of the roster, each with that row."""
    return [(student, roster.rows[who]) for who, student in totals.students.items() if who in roster.rows]


FORMATS = {"canvas": canvas, "moodle": moodle, "nbgrader": nbgrader}
