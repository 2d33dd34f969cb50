"""What is graded: one module per assignment, each with ``CHECKS``, from a function's name to its check.

A check is a plain function of a ``Trial``. Most come from ``cases.compared``: the reference on fresh inputs, case by
case. ``draw`` makes the inputs, ``compare`` judges the values, ``trial`` turns that into points, and ``diagnosis`` names
the mistake, one of ``misconceptions``.
"""

from importlib import import_module


def checks_of(assignment: str) -> dict:
    """The checks of an assignment, by the function's name."""
    return import_module(f"autograder.checks.{assignment}").CHECKS
