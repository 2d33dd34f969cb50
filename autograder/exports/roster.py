"""Which student is whom in another system: a CSV that it exported, with a column that holds the ids that we use."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.student_id import safe_id
from lstmbook.text import printable


@dataclass(frozen=True)
class Roster:
    """The rows of a roster, by our students' ids; ``key`` is the column that holds these."""

    columns: tuple[str, ...]
    key: str
    rows: dict[str, dict[str, str]]


def read(path, students: Collection[str], key: str | None = None) -> Roster:
    """Read a roster: any CSV with a line of column names, separated by commas, semicolons or tabs.

    Parameters
    ----------
    path : path
    students : collection of str
        The ids in the gradebook.
    key : str, optional
        The column that holds these ids; without it, the column in which most of them are found.

    Raises
    ------
    UserError
        If there is no such file or column, no column holds our ids, or one of our students has two rows.
    """
    columns, rows = _table(Path(path))
    if key is not None and key not in columns:
        raise UserError(f"The roster {path} has no column {key!r}; it has {', '.join(columns)}.")
    students = set(students)
    hits = {column: sum(safe_id(row[column]) in students for row in rows) for column in ([key] if key else columns)}
    best = max(hits, key=hits.get)
    if students and not hits[best]:
        where = f"in the column {key!r}" if key else "in any column"
        raise UserError(
            f"The roster {path} has none of the gradebook's students {where}; the first of them is "
            f"{min(students)!r}. Is it the roster of another class, or --by the name of the column with these ids?"
        )
    counts = Counter(row[best] for row in rows if row[best])
    if twice := [name for name, count in counts.items() if count > 1 and safe_id(name) in students]:
        raise UserError(
            f"The roster {path} has {counts[twice[0]]} rows with {printable(twice[0])!r} in the column {best!r}: "
            "leave one of them."
        )
    return Roster(columns, best, {safe_id(row[best]): row for row in rows if row[best]})


def _table(path):
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"The roster {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"The roster {path} is not in UTF-8: save it as “CSV UTF-8”.") from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UserError(f"The roster {path} is no CSV file: {error}.") from None
    if len(lines) < 2 or len(lines[0]) < 2:
        raise UserError(f"The roster {path} is no table: expected a line of column names, and one for each student.")
    columns = [name.strip() for name in lines[0]]
    rows = [
        dict(zip(columns, map(str.strip, [*line, *[""] * len(columns)]), strict=False)) for line in lines[1:] if line
    ]
    return tuple(columns), rows
