"""Names that students chose: one safe form for files, tables and the gradebook."""

from __future__ import annotations

import hashlib
import unicodedata

MAX_CHARACTERS = 128  # what nbgrader's gradebook holds
MAX_BYTES = 240  # what a file system holds, with room for an ending

_PUNCTUATION = frozenset("_-.@+=,;'()[]{} !#$^~")  # neither a path nor markup, on any system


def safe_id(student: str) -> str:
    """The one form of a student's id that stands in file names, in grades.csv and in the gradebook.

    An ordinary id ("anna", "müller-2", "7", "o'brien, pat") is itself. In any other, whatever could be a path, an
    option, a formula, markup, a control character or half of a surrogate pair becomes %XX, the bytes of its UTF-8; an
    id that is too long ends in a hash. Two ids never get the same form.
    """
    last = len(student) - 1
    safe = "".join(
        character if _is_ordinary(character, at_start=i == 0, at_end=i == last) else _escaped(character)
        for i, character in enumerate(student)
    )
    if len(safe) > MAX_CHARACTERS or len(safe.encode()) > MAX_BYTES:
        digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return safe.encode()[:80].decode("utf-8", "ignore") + "%~" + digest
    return safe or "%"


def _is_ordinary(character, at_start, at_end):
    if character.isalnum() or character == "_":
        return True
    if at_start or (at_end and character in ". "):
        return False
    return character in _PUNCTUATION or unicodedata.category(character).startswith("M")


def _escaped(character):
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
