"""Comparing what came back with what should have: returns → shape → dtype → values, one specific sentence each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.feedback.picture import entries
from autograder.sandbox import Opaque

RTOL = 1e-9  # right answers of other styles differ by rounding, 1e-12 or less; single precision by 1e-8 and more
FLOOR = 1e-12


ANYTHING = object()  # as an expected value: not looked at


@dataclass(frozen=True)
class Leaf:
    """One output compared: its name, and what is wrong with it (``kind`` and ``text``; both empty if it is right)."""

    output: str
    kind: str = ""
    text: str = ""
    entries: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.kind


def names(output: str, expected) -> list[str]:
    """The names of the outputs that `expected` is compared by: a dict's values singly, a list's items together."""
    if expected is ANYTHING:
        return []
    if isinstance(expected, dict):
        return [name for key, value in expected.items() for name in names(f"{output}['{key}']", value)]
    if isinstance(expected, list):
        return names(output, expected[0])
    return [output]


def compare(output: str, got, expected, rtol: float = RTOL) -> list[Leaf]:
    """Compare a result with the expected one: an array or number, a dict of such (more keys are fine), a list of dicts.

    Returns one ``Leaf`` for each name of ``names(output, expected)``.
    """
    if expected is ANYTHING:
        return []
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return all_wrong(output, expected, f"`{output}` should be a dict with {some(expected)}; it is {what(got)}.")
        leaves = []
        for key, value in expected.items():
            name = f"{output}['{key}']"
            if key in got:
                leaves += compare(name, got[key], value, rtol)
            else:
                leaves += all_wrong(name, value, f"`{output}` has no '{key}'; it has {some(got)}.")
        return leaves
    if isinstance(expected, list):
        return compare_lists(output, got, expected, rtol)
    return [compare_arrays(output, got, np.asarray(expected), rtol)]


def compare_lists(output, got, expected, rtol):
    if not isinstance(got, list | tuple):
        return all_wrong(output, expected, f"`{output}` should be a list with one entry per step; it is {what(got)}.")
    if len(got) != len(expected):
        return all_wrong(output, expected, f"`{output}` should have {len(expected)} entries; it has {len(got)}.")
    steps = [compare(output, *pair, rtol) for pair in zip(got, expected, strict=True)]
    found = []
    for per_step in zip(*steps, strict=True):
        wrong = [(step, leaf) for step, leaf in enumerate(per_step) if not leaf.passed]
        if wrong:
            step, leaf = wrong[0]
            found.append(Leaf(leaf.output, leaf.kind, f"At step {step}: {leaf.text}", leaf.entries))
        else:
            found.append(per_step[0])
    return found


def all_wrong(output, expected, text):
    return [Leaf(name, "returns", text) for name in names(output, expected)]


def compare_arrays(output: str, got, expected: np.ndarray, rtol: float = RTOL) -> Leaf:
    array, problem = as_array(got)
    if problem:
        return Leaf(output, "returns", f"`{output}` should be {an_array(expected.shape)}; it is {problem}.")
    if array.shape != expected.shape:
        hint = shape_hint(array.shape, expected.shape)
        return Leaf(output, "shape", f"`{output}` has shape {array.shape}; it should be {expected.shape}.{hint}")
    if array.dtype.newbyteorder("=") != np.float64:
        return Leaf(output, "dtype", f"`{output}` is {array.dtype}; it should be float64.{dtype_hint(array.dtype)}")
    if array.tobytes() == expected.tobytes():
        return Leaf(output)  # often, and quick
    wrong = ~close(array, expected, rtol)
    if not wrong.any():
        return Leaf(output)
    with np.errstate(invalid="ignore"):
        drawn = entries(wrong, array - expected)
    return Leaf(output, "values", value_text(output, array, expected, wrong), drawn)


def close(array, expected, rtol=RTOL) -> np.ndarray:
    """Entry by entry: equal up to rounding, which is measured by the largest entry of the expected array."""
    size = np.where(np.isfinite(expected), np.abs(expected), 0.0)
    tolerance = rtol * (1e-2 * size.max(initial=0.0) + size) + FLOOR
    with np.errstate(invalid="ignore"):
        return (array == expected) | (np.abs(array - expected) <= tolerance) & np.isfinite(array)


def value_text(output, array, expected, wrong):
    index = tuple(int(k) for k in np.argwhere(wrong)[0])
    where = f" at index {list(index)}" if array.ndim else ""
    value = array[index]
    if not np.isfinite(value):
        return f"`{output}`{where} is {value}; it should be a finite number. Its shape {array.shape} is right."
    off = abs(value - expected[index])
    text = f"`{output}` is wrong{where}: you returned {value:.6g}, which is off by {off:.3g}."
    if array.size > 1:
        count = int(wrong.sum())
        text += f" {count} of its {array.size} entries {'is' if count == 1 else 'are'} off."
        text += f" Its shape {array.shape} is right."
    return text


def as_array(got):
    """A result as an array, and what it is instead if it cannot be one. Lists of numbers are as good as arrays."""
    if isinstance(got, np.ndarray | np.generic):
        return np.asarray(got), ""
    if isinstance(got, int | float) and not isinstance(got, bool):
        return np.asarray(float(got)), ""
    if isinstance(got, list | tuple) and got:
        try:
            array = np.asarray(got)
        except (ValueError, TypeError):
            return None, "a list whose parts have different shapes, or are no numbers"
        if array.dtype.kind in "biufc":
            return array.astype(float) if array.dtype.kind in "iu" else array, ""
    return None, what(got)


def what(value) -> str:
    """A few words for what came, without its values."""
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, Opaque):
        return f"a {value.type_name}"
    if isinstance(value, np.ndarray | np.generic):
        return an_array(value.shape)
    if isinstance(value, list | tuple | dict):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def some(mapping) -> str:
    keys = [f"'{key[:20]}'" for key in list(mapping)[:10]]
    return ", ".join(keys) if keys else "no keys"


def an_array(shape) -> str:
    return f"an array of shape {shape}" if shape else "a number"


def shape_hint(got, expected) -> str:
    if got == expected[::-1] and len(got) > 1:
        return " Is it the transpose?"
    if got == (*expected, 1) and expected:
        return " It is a column: the course's vectors have one axis."
    if got == (1, *expected):
        return " It has an extra first axis: one example has no batch axis."
    if len(got) == len(expected) - 1 and got == expected[1:]:
        return " Its first axis is gone: was it summed over, or is only the last step returned?"
    if sorted(got) == sorted(expected):
        return " The sizes are there, in another order: time first, then batch, then features."
    return ""


def dtype_hint(dtype) -> str:
    if dtype == np.float32:
        return " Something in your code makes float32 arrays; the course computes in double precision."
    if dtype.kind in "iu":
        return " Whole numbers cut off what stands behind the point: start from float arrays."
    return ""
