"""Signs of mistakes that leave no wrong value to compare: what a trial saw besides."""

from __future__ import annotations

from collections.abc import Callable

from autograder.checks.trial import Trial


def changes(*arguments: str) -> Callable[[Trial], bool]:
    """The values are right, but it changed one of these arguments."""

    def seen(trial: Trial) -> bool:
        found = [finding.text for finding in trial.findings if finding.kind == "purity"]
        return all_right(trial) and any(f"`{argument}`" in text for argument in arguments for text in found)

    return seen


def overwrites_results(trial: Trial) -> bool:
    """The values are right, but a later call changed what an earlier one had returned."""
    found = any(finding.kind == "purity" and finding.text.startswith("A later call") for finding in trial.findings)
    return found and all_right(trial)


def overflows(trial: Trial) -> bool:
    """The values are right, but NumPy warned of an overflow."""
    return "overflow" in trial.breaches and all_right(trial)


def fails_except_on(*beginnings: str) -> Callable[[Trial], bool]:
    """It is right on the cases whose names begin so, and raised on all others."""

    def seen(trial: Trial) -> bool:
        return trial.raised > 0 and all_right(trial) and all(call.case.startswith(beginnings) for call in trial.calls)

    return seen


def fails_on(*beginnings: str) -> Callable[[Trial], bool]:
    """It raised on the cases whose names begin so, and is right on all others."""

    def seen(trial: Trial) -> bool:
        failed = {part.case for part in trial.parts if not part.passed}
        return trial.raised > 0 and all_right(trial) and all(case.startswith(beginnings) for case in failed)

    return seen


def lacks(output: str, *keys: str) -> Callable[[Trial], bool]:
    """All is right but for some of these keys, which a dict that it returns does not have."""
    entries = {f"{output}['{key}']" for key in keys}

    def seen(trial: Trial) -> bool:
        failed = {part.output for part in trial.parts if not part.passed}
        missing = {finding.output for finding in trial.findings if " has no '" in finding.text}
        return not trial.raised and bool(failed) and failed <= entries and failed & missing == failed

    return seen


def all_right(trial: Trial) -> bool:
    """Whether every value that came was right."""
    return all(call.right for call in trial.calls)
