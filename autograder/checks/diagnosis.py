"""Naming the mistake: which misconception would have given what the student's function gave, on the same inputs?"""

from __future__ import annotations

import numpy as np

from autograder.checks.compare import as_array
from autograder.checks.misconceptions import Misconception, of
from autograder.checks.trial import Trial
from autograder.verdict import Finding

RTOL = 1e-9  # the same mistake in another style differs by rounding
LOOSER = {"numerical_gradient": 1e-6}  # there the losses' rounding is divided by a small step


def diagnose(trial: Trial) -> Misconception | None:
    """The one misconception that gives the student's values on every input; None if none or several do.

    Values must agree on all calls, right and wrong ones, and at least one of these must be wrong; so a diagnosis fits
    all that was seen, and right code never gets one. Failing that, what else was seen may be a sign of a mistake: a
    changed argument, an exception on batches.
    """
    wrong = any(not call.right for call in trial.calls)
    if not trial.calls or trial.consistent and wrong:
        return None  # nothing came, or the mistake is in an earlier function
    known = of(trial.function)
    fitting = [candidate for candidate in known if wrong and not candidate.signs and fits(candidate, trial)]
    fitting = fitting or [candidate for candidate in known if candidate.signs and candidate.signs(trial)]
    return fitting[0] if len(fitting) == 1 else None


def fits(candidate: Misconception, trial: Trial) -> bool:
    """Whether a misconception gives the student's values on every call; wrong ones, which tell most, come first."""
    rtol = LOOSER.get(trial.function, RTOL)
    for call in sorted(trial.calls, key=lambda call: call.right):
        try:
            with np.errstate(all="ignore"):
                value = call.replay(candidate.variant)
        except Exception:
            return False  # the variant fails where the student's function gave a value
        if not alike(call.value, value, rtol):
            return False
    return True


def alike(got, value, rtol: float = RTOL) -> bool:
    """Equal up to rounding, in structure, shape and dtype too; keys that the variant does not have are free."""
    if isinstance(value, dict):
        return isinstance(got, dict) and all(key in got and alike(got[key], value[key], rtol) for key in value)
    if isinstance(value, list | tuple):
        several = isinstance(got, list | tuple) and len(got) == len(value)
        return several and all(alike(*pair, rtol) for pair in zip(got, value, strict=True))
    if isinstance(value, np.ndarray | np.generic | float | int):
        got, problem = as_array(got)
        value = np.asarray(value)
        if problem or got.shape != value.shape or got.dtype.kind not in "fiub" or got.dtype != value.dtype:
            return False
        if value.dtype == np.float32:
            rtol = 1e-4
        scale = np.max(np.abs(value[np.isfinite(value)]), initial=0)
        return bool(np.allclose(got, value, rtol=rtol, atol=rtol * 1e-2 * scale + 1e-12, equal_nan=True))
    if isinstance(value, str):
        return isinstance(got, str) and got == value
    return got is None if value is None else True


def finding(found: Misconception) -> Finding:
    """What the student reads."""
    return Finding("diagnosis", found.says, link=found.section)
