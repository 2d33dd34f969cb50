"""Names and lists of them inside the sentences of a note."""

from __future__ import annotations

from lstmbook.text import printable

MAX_CHARACTERS = 80  # of one name
MAX_NAMES = 5


def shown(name: str) -> str:
    """A name that a student chose, on one line, with nothing hidden in it, cut to a readable length."""
    name = printable(name[: 2 * MAX_CHARACTERS]).replace("\n", "␊").replace("\t", "␉")
    return name if len(name) <= MAX_CHARACTERS else name[: MAX_CHARACTERS - 1] + "…"


def listed(names) -> str:
    """``a, b and c``; of many, the first few and how many more."""
    names = [shown(name) for name in names]
    if len(names) > MAX_NAMES:
        names = [*names[:MAX_NAMES], f"{len(names) - MAX_NAMES} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
