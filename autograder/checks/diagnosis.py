"""Naming the mistake: which misconception would have given what the student's function gave, on the same inputs?"""

from __future__ import annotations

import warnings

import numpy as np

from autograder.checks.misconceptions import Misconception, of
from autograder.checks.trial import Trial
from autograder.verdict import Finding

RTOL = 1e-6


def diagnose(trial: Trial) -> Misconception | None:
    """The misconception that gives the student's values on every input; None if none does, or nothing is wrong.

    Values must agree on all calls, right and wrong ones, and at least one of these must be wrong; so a diagnosis fits all
    that was seen, and right code never gets one.
    """
    if not any(not call.right for call in trial.calls):
        return None
    for candidate in of(trial.function):
        if fits(candidate, trial):
            return candidate
    return None


def fits(candidate: Misconception, trial: Trial) -> bool:
    """Whether a misconception gives the student's values on every call; the wrong calls, which tell most, come first."""
    for call in sorted(trial.calls, key=lambda call: call.right):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = call.replay(candidate.variant)
        except Exception:
            return False  # the variant fails where the student's function gave a value
        if not alike(call.value, value):
            return False
    return True


def alike(got, value) -> bool:
    """Equal up to rounding, in structure, shape and dtype too; keys that the variant does not have are free."""
    if isinstance(value, dict):
        return isinstance(got, dict) and all(key in got and alike(got[key], value[key]) for key in value)
    if isinstance(value, list | tuple):
        return isinstance(got, list | tuple) and len(got) == len(value) and all(map(alike, got, value))
    if isinstance(value, np.ndarray | np.generic | float | int):
        got, value = np.asarray(got), np.asarray(value)
        if got.shape != value.shape or got.dtype.kind not in "fiub" or got.dtype != value.dtype:
            return False
        rtol = 1e-4 if value.dtype == np.float32 else RTOL
        scale = np.max(np.abs(value[np.isfinite(value)]), initial=0)
        return bool(np.allclose(got, value, rtol=rtol, atol=rtol * 1e-2 * scale + 1e-12, equal_nan=True))
    return got is None if value is None else True


def finding(found: Misconception) -> Finding:
    """What the student reads."""
    return Finding("diagnosis", found.says, link=found.section)
