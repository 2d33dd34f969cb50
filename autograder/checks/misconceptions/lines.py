"""Functions as lists of named lines, so that a misconception can replace a single one."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from autograder.checks.misconceptions import misconception

Line = Callable[[SimpleNamespace], object]


def run(lines: dict[str, Line], **given) -> SimpleNamespace:
    """All values: those given, and line by line what each makes of the values before it."""
    v = SimpleNamespace(**given)
    for name, line in lines.items():
        setattr(v, name, line(v))
    return v


def replacing(function: str, variant_of: Callable[..., Callable], section: str):
    """``slip(name, says, hidden_when, line=…)``: a misconception about `function` by the lines that it replaces.

    ``variant_of(**lines)`` is the function with these lines in the place of its own.
    """

    def slip(name: str, says: str, hidden_when: tuple[str, ...] = (), **lines: Line) -> None:
        misconception(function, says, section, hidden_when, name)(variant_of(**lines))

    return slip


def joined(h, x):
    """[h, x], along the last axis."""
    return np.concatenate([h, x], axis=-1)


def outer(dz, hx):
    """dz ⊗ [h, x], summed over the batch if there is one."""
    return np.atleast_2d(dz).T @ np.atleast_2d(hx)


def summed(dz):
    """Summed over the batch if there is one."""
    return np.atleast_2d(dz).sum(axis=0)
