"""Where an array is off, as a picture that gives no value away."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

MAX_ROWS, MAX_COLUMNS = 24, 32

_SIDE = 12  # of an entry's square, in the picture's own units
_HALF = {"1": 2.5, "2": 3.8, "3": 5.2}  # of the square that marks an entry
_STEPS = (1e-3, 1e-1)  # shares of the largest difference that divide marks 1, 2 and 3


def entries(wrong, difference=None):
    """Which entries of an array are off and, where that is known, how far next to the worst one.

    Parameters
    ----------
    wrong : ndarray of bool, of any shape
        The entries that are off.
    difference : ndarray of the same shape, optional
        got - expected; not finite where what came is no number.

    Returns
    -------
    tuple of str
        One string per row (all axes but the last make the rows), one character per entry: ``0`` right, ``1`` to ``3``
        off ever further, ``n`` not a number; the first `MAX_ROWS` rows and `MAX_COLUMNS` columns.
    """
    wrong = np.atleast_1d(wrong)
    off = np.ones(wrong.shape) if difference is None else np.abs(np.reshape(difference, wrong.shape))
    largest = np.max(off, where=wrong & np.isfinite(off), initial=0.0)
    steps = np.digitize(off, [step * largest for step in _STEPS], right=True)
    marks = np.where(np.isfinite(off), np.array(["1", "2", "3"])[steps], "n")
    marks = np.where(wrong, marks, "0").reshape(-1, wrong.shape[-1])
    return tuple("".join(row) for row in marks[:MAX_ROWS, :MAX_COLUMNS])


def tells(rows):
    """Whether a picture says more than the words "all entries are off"."""
    return len(set("".join(rows)) - set(_HALF)) > 0


def describe(rows):
    """The picture's key, and which of its rows and columns are right throughout."""
    marks = set("".join(rows))
    squares = marks & set(_HALF)
    signs = ["a dot is right"] if "0" in marks else []
    signs += ["a square is off" + (", the larger the further" if len(squares) > 1 else "")] if squares else []
    signs += ["a cross is no number"] if "n" in marks else []
    sentences = [f"One mark per entry: {'; '.join(signs)}."]
    columns = ["".join(column) for column in zip(*rows, strict=True)]
    for word, lines in (("row", rows), ("column", columns)):
        right = [number for number, line in enumerate(lines) if not line.strip("0")]
        if right and len(lines) > 1:
            sentences.append(f"Right throughout: {word}{'s' if len(right) > 1 else ''} {_ranges(right)}.")
    if len(rows) == MAX_ROWS or len(columns) == MAX_COLUMNS:
        sentences.append(f"At most {MAX_ROWS} rows and {MAX_COLUMNS} columns are drawn.")
    return " ".join(sentences)


def svg(rows):
    """The picture itself, in the signs that `describe` names."""
    paths = {"right": "", "off": "", "none": ""}
    for y, row in enumerate(rows):
        for x, mark in enumerate(row):
            center = (x + 0.5) * _SIDE, (y + 0.5) * _SIDE
            if mark == "0":
                paths["right"] += "M{:g} {:g}h0".format(*center)
            elif mark in _HALF:
                half = _HALF[mark]
                corner = (middle - half for middle in center)
                paths["off"] += "M{:g} {:g}h{side:g}v{side:g}h-{side:g}z".format(*corner, side=2 * half)
            else:
                corner = (middle - 4 for middle in center)
                paths["none"] += "M{:g} {:g}l8 8m0-8l-8 8".format(*corner)
    drawn = "".join(f'<path class="{name}" d="{path}"/>' for name, path in paths.items() if path)
    width, height = _SIDE * len(rows[0]), _SIDE * len(rows)
    return Markup(f'<svg viewBox="0 0 {width} {height}" width="{width * 1.5:g}" aria-hidden="true">{drawn}</svg>')


def _ranges(numbers):
    """[0, 1, 2, 5] as "0–2, 5"."""
    runs = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)
