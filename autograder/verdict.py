"""What grading says of a submission: plain data that goes through JSON unchanged."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

# From the best to the gravest: a student's total has the gravest status of its checks.
STATUSES = ("passed", "partial", "failed", "error", "timeout", "memory", "missing", "rejected", "protocol")


def gravest(statuses):
    """The gravest of some statuses; ``passed`` for none."""
    return max(statuses, key=STATUSES.index, default="passed")


@dataclass(frozen=True)
class Finding:
    """One thing that was found, in a sentence that the student may read.

    ``kind`` is one of undefined, raised, died, timeout, memory, protocol, returns, shape, dtype, values, purity,
    overflow, diagnosis, follow-through, note. ``case`` and ``output`` say where ("a batch", "grads['W_f']"); ``link`` is
    a page of the book, from its root. ``entries`` draws where an output is off, one string per row, one character per
    entry, as ``autograder.feedback.picture.entries`` makes it.
    """

    kind: str
    text: str
    case: str = ""
    output: str = ""
    link: str = ""
    entries: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: dict) -> Finding:
        return cls(**{**data, "entries": tuple(data.get("entries", ()))})


@dataclass(frozen=True)
class Part:
    """One output in one case: the unit in which partial credit is counted."""

    case: str
    output: str
    passed: bool
    weight: float = 1.0


@dataclass(frozen=True)
class CheckResult:
    """The result of one check, such as ``check_sigmoid``; ``diagnosis`` is the name of the misconception that fits."""

    check: str
    score: float
    max_score: float
    status: str
    findings: tuple[Finding, ...] = ()
    parts: tuple[Part, ...] = ()
    diagnosis: str = ""


@dataclass(frozen=True)
class CellRun:
    """What one code cell of the submission printed and raised, as text, cut to the limits."""

    cell_id: str
    stdout: str = ""
    stderr: str = ""
    error: str = ""


@dataclass(frozen=True)
class Verdict:
    """All that grading found out about one submission.

    ``notes`` are for the student, ``instructor_notes`` and ``seed`` for the instructor alone. ``fault`` marks a failure
    of the grader's own: the next run grades the submission again.
    """

    student: str
    assignment: str
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...] = ()
    instructor_notes: tuple[str, ...] = ()
    cells: tuple[CellRun, ...] = ()
    seed: int = 0
    fault: bool = False

    @property
    def score(self) -> float:
        return sum(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        return sum(check.max_score for check in self.checks)

    @property
    def status(self) -> str:
        return gravest(check.status for check in self.checks)

    def to_json(self) -> str:
        """One line of ASCII: whatever a student's folder is called, and whatever was printed."""
        return json.dumps(self, default=vars)

    @classmethod
    def from_json(cls, text: str | bytes) -> Verdict:
        """The verdict in a line of `to_json`; what the line says besides is left alone."""
        data = json.loads(text)
        data = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        data["checks"] = tuple(
            CheckResult(
                **{
                    **check,
                    "findings": tuple(Finding.from_dict(finding) for finding in check["findings"]),
                    "parts": tuple(Part(**part) for part in check["parts"]),
                }
            )
            for check in data["checks"]
        )
        data["cells"] = tuple(CellRun(**cell) for cell in data["cells"])
        data["notes"], data["instructor_notes"] = tuple(data["notes"]), tuple(data["instructor_notes"])
        return cls(**data)
