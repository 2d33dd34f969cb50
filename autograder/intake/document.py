"""A notebook file's bytes as plain cells, whatever version or program wrote it. Outputs and the like are not read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property

from autograder.intake.wording import shown

MAX_VALUES = 2_000_000  # of JSON: 20 MiB of "[],[],…" would be half a gigabyte of Python objects
MAX_CELLS = 2000
MAX_SOURCE = 2**20  # characters of all cells together

_SAVE = "Open the notebook in JupyterLab, save it, and hand in the saved file."
_CLEAR = "Clear the notebook's outputs (in JupyterLab: Edit, Clear Outputs of All Cells), save it and hand it in again."
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of a cell, as nbformat and nbgrader allow


class Unreadable(ValueError):
    """Bytes that are no notebook: ``note`` says what to do to the student, ``fact`` what is wrong to the instructor."""

    def __init__(self, note, fact):
        super().__init__(fact)
        self.note, self.fact = note, fact


@dataclass(frozen=True)
class DocumentCell:
    """One cell as it was handed in: ``kind`` is "code", "markdown" or "raw", ``mark`` what nbgrader wrote on it."""

    kind: str
    source: str
    cell_id: str = ""
    mark: dict = field(default_factory=dict)

    @cached_property
    def grade_id(self) -> str:
        grade_id = self.mark.get("grade_id")
        return grade_id if isinstance(grade_id, str) and _ID.fullmatch(grade_id) else ""


@dataclass(frozen=True)
class Document:
    """The cells of a notebook, in order, and what was odd about the file."""

    cells: tuple[DocumentCell, ...]
    notes: tuple[str, ...]
    facts: tuple[str, ...]


def read(data: bytes) -> Document:
    """Read a notebook of any version of the format.

    Format 3's worksheets and format 4's list of cells are both looked for, whatever number the file gives, since
    that is all that differs in the sources of cells. Missing fields have their defaults.

    Raises
    ------
    Unreadable
        If there is no telling what the cells are, or there is too much of it. Nothing else is ever raised.
    """
    content, facts = _load(data)
    notes = []
    entries = _entries(content)
    _bound(len(entries), MAX_CELLS, "cells")
    version = content.get("nbformat")
    if version != 4:
        facts.append(f"The notebook's format is {scalar(version)} instead of 4; its cells were read all the same.")
        notes.append("Your notebook is not in the current format (version 4). Its cells could be read all the same.")
    cells = [cell for cell in map(_cell, entries) if cell]
    if len(cells) < len(entries):
        facts.append(f"{len(entries) - len(cells)} of {len(entries)} cells had no text to read and were left out.")
        notes.append("Some cells of your notebook are damaged. They were left out.")
    clean = [_clean(cell) for cell in cells]
    if clean != cells:
        facts.append("NUL characters or halves of surrogate pairs were taken out of the cells.")
        notes.append("Some cells held characters that no Python code can hold. They were taken out.")
    _bound(sum(len(cell.source) for cell in clean), MAX_SOURCE, "characters in its cells")
    return Document(_named(clean), tuple(notes), tuple(facts))


def _load(data):
    """The JSON object in the bytes, and facts about their encoding."""
    facts = []
    if not data.strip():
        raise Unreadable(f"Your notebook file is empty. {_SAVE}", "The file is empty.")
    if _count_values(data) > MAX_VALUES:
        raise Unreadable(f"Your notebook holds too much data. {_CLEAR}", f"More than {MAX_VALUES:,} values of JSON.")
    try:
        try:
            content = json.loads(data, parse_int=float)  # an integer of 5,000 digits is refused, a float is not
        except UnicodeDecodeError:
            facts.append("Bytes that are not UTF-8 were replaced.")
            content = json.loads(data.decode("utf-8-sig", "replace"), parse_int=float)
    except json.JSONDecodeError as error:
        raise _malformed(data, error) from None
    except RecursionError:
        raise Unreadable(
            f"Your file is no notebook: it is nested too deeply. {_SAVE}", "Too deeply nested JSON."
        ) from None
    if not isinstance(content, dict):
        raise Unreadable(f"Your file is no notebook, although it is JSON. {_SAVE}", "JSON, but not an object.")
    return content, facts


def _count_values(data):
    """How many values the JSON has, roughly, counted without parsing it."""
    signs = b"[{,"
    total = sum(map(data.count, signs))
    if total <= MAX_VALUES or data.count(b'"') > 2 * MAX_VALUES:
        return total
    pieces = data.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')
    return sum(piece.count(sign) for piece in pieces[::2] for sign in signs)  # those inside strings are text


def _malformed(data, error):
    start = data.lstrip()[:100].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        what = "a web page, perhaps one that asks to log in. Download the notebook itself and hand it in again."
        return Unreadable(f"Your file is no notebook but {what}", "A web page.")
    if re.search(rb"^(<<<<<<<|>>>>>>>) ", data, re.MULTILINE):
        what = "marks of an unresolved merge conflict (<<<<<<< and >>>>>>>)"
        return Unreadable(
            f"Your notebook cannot be read: it holds {what}. Resolve them first. {_SAVE}", f"It holds {what}."
        )
    text = error.doc.strip()
    if error.pos >= len(error.doc.rstrip()) or (text.startswith("{") and not text.endswith("}")):
        what = "ends in the middle, as after an interrupted upload"
        return Unreadable(f"Your notebook cannot be read: the file {what}. {_SAVE}", f"The file {what}.")
    where = f"line {error.lineno}, column {error.colno}"
    return Unreadable(
        f"Your notebook cannot be read: the file is damaged at {where}. {_SAVE}", f"Malformed JSON at {where}."
    )


def _entries(content):
    """The list of what should be cells."""
    found = content.get("cells")
    if not isinstance(found, list):
        sheets = content.get("worksheets")
        sheets = [sheet for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
        lists = [sheet["cells"] for sheet in sheets if isinstance(sheet.get("cells"), list)]
        found = [cell for cells in lists for cell in cells] if lists else None
    if found is None:
        raise Unreadable(
            f"Your file has no list of cells, so it is no notebook that can be read. {_SAVE}", "No list of cells."
        )
    return found


def _bound(number, limit, what):
    if number > limit:
        much = f"{number:,} {what}, more than the {limit:,} that are allowed"
        raise Unreadable(
            f"Your notebook has {much}. Delete what you do not need and hand it in again.", f"It has {much}."
        )


def _cell(entry):
    """One cell, or None if there is no telling what it is."""
    if not isinstance(entry, dict):
        return None
    source = next((entry[key] for key in ("source", "input") if key in entry), "")  # "input" is format 3's
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    kind = entry.get("cell_type")
    if kind is None and entry.keys() & {"outputs", "execution_count", "input"}:
        kind = "code"
    if not isinstance(source, str) or not isinstance(kind, str):
        return None
    kind = kind if kind in ("code", "raw") else "markdown"  # and format 3's headings
    metadata = entry.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    cell_id = entry.get("id")
    return DocumentCell(
        kind, source, cell_id if isinstance(cell_id, str) else "", mark if isinstance(mark, dict) else {}
    )


def _clean(cell):
    source = cell.source.replace("\0", "").encode("utf-8", "replace").decode()
    return cell if source == cell.source else DocumentCell(cell.kind, source, cell.cell_id, cell.mark)


def _named(cells):
    """The cells under names that differ: nbgrader's, else the cell's own, else its position."""
    taken, named = set(), []
    for position, cell in enumerate(cells, 1):
        name = cell.grade_id or (cell.cell_id if _ID.fullmatch(cell.cell_id) else f"cell-{position}")
        if name in taken:
            name = f"{name[:50]}-{position}"
        while name in taken:
            name += "x"
        taken.add(name)
        named.append(DocumentCell(cell.kind, cell.source, name, cell.mark))
    return tuple(named)


def scalar(value) -> str:
    """A value of JSON in a note, without going into it."""
    if value is None:
        return "missing"
    if isinstance(value, float):
        return f"{value:g}"
    return shown(str(value)) if isinstance(value, str | bool | int) else f"a {type(value).__name__}"
