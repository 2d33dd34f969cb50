"""One check, running: it calls the student's function, compares, and turns what it found into points.

The rules of scoring stand here alone:

- every part right: full points; else at most half of them, in proportion to the weight of the parts that are right;
- a changed argument (or another breach of manners, such as sigmoid's overflow warning) costs a quarter of the points;
- wrong values that follow from the student's own earlier function count as right parts;
- what ends the process (time, memory, a crash) ends this check; parts that were right until then keep their share.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from autograder.checks.compare import Leaf, compare, names
from autograder.checks.draw import Draw
from autograder.checks.messages import exception_text
from autograder.sandbox import Answer, Budget, Student, StudentStopped
from autograder.verdict import CheckResult, Finding, Part

WRONG_AT_MOST = 0.5  # of the points, if any part is wrong
MANNERS_COST = 0.25  # of the points, for each kind of breach
MOST_FINDINGS = 6


@dataclass(frozen=True)
class Call:
    """A call that gave a value: what diagnosis compares with the misconceptions.

    ``replay(function)`` gives the value that another function has on the same inputs.
    """

    case: str
    replay: Callable[[Callable], object]
    value: object
    right: bool


@dataclass
class Trial:
    """A student's function under a check.

    Parameters
    ----------
    function : str
        The name that is graded.
    student : Student
        Where its notebook runs.
    draw : Draw
        Fresh inputs.
    budget : Budget
        CPU and wall seconds for all calls of this check together.
    """

    function: str
    student: Student
    draw: Draw
    budget: Budget
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    breaches: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    stopped: str = ""  # the status that ended the check
    raised: int = 0
    wrong_at_most: float = WRONG_AT_MOST
    consistent: bool = False  # with the student's own earlier function

    def call(self, case, *arguments, function=None) -> Answer | None:
        """Call the function, or another callable that it gave; None if that gave no value (the findings say why)."""
        if self.stopped:
            return None
        try:
            answer = self.student.call(function or self.function, *arguments, budget=self.budget)
        except StudentStopped as stopped:
            self.stopped = stopped.kind
            self.find(stopped.kind, stopped.text, case)
            return None
        if answer.problem:
            self.stopped = "failed"
            self.raised += bool(answer.cause)
            text = "is not defined" if answer.problem == "undefined" else "is not a function"
            text = f"`{self.function}` {text} after your notebook has run"
            self.find("undefined", f"{text}: its cell stopped at an error." if answer.cause else f"{text}.")
            return None
        if answer.raised:
            self.raised += 1
            if answer.raised["type"] == "MemoryError":
                self.stopped = "memory"
            self.find("raised", exception_text(answer.raised), case)
            return None
        if function is None:
            self.check_arguments(case, arguments, answer.arguments)
        return answer

    def compare(self, case, outputs, answer, expected, weight=1.0, rtol=None):
        """Compare a call's value with the expected one, and keep each output as a part.

        ``outputs`` names what is returned: one name, or a tuple of names for several values. Returns whether all is right.
        """
        several = isinstance(outputs, tuple)
        named = dict(zip(outputs, expected, strict=True)) if several else {outputs: expected}
        got = None if answer is None else answer.value
        if answer is not None and several and not (isinstance(got, tuple | list) and len(got) == len(outputs)):
            count = f"{len(got)} values" if isinstance(got, tuple | list) else "one value"
            text = f"It should return {len(outputs)} values, {', '.join(outputs)}; it returned {count}."
            self.find("returns", text, case)
            answer = None
        leaves = []
        for position, (name, value) in enumerate(named.items()):
            if answer is None:
                found = [Leaf(output, "missing") for output in names(name, value)]
            else:
                came = with_known_keys(got[position] if several else got, value, self.student.is_known)
                found = compare(name, came, value, **({"rtol": rtol} if rtol else {}))
            share = weight / len(named) / max(1, len(found))
            self.parts += [Part(case, leaf.output, leaf.passed, share) for leaf in found]
            leaves += found
        for leaf in leaves:
            if leaf.text:
                self.find(leaf.kind, leaf.text, case, leaf.output, leaf.entries)
        return all(leaf.passed for leaf in leaves)

    def part(self, case, output, passed, text="", kind="values", weight=1.0):
        """Keep a part that was judged by a rule of its own."""
        self.parts.append(Part(case, output, bool(passed), weight))
        if not passed and text:
            self.find(kind, text, case, output)
        return bool(passed)

    def find(self, kind, text, case="", output="", entries=()):
        """Keep a finding, unless this output, or this sentence, has one already."""
        for known in self.findings:
            if known.text == text or (output and known.output == output and known.kind == kind):
                return
        self.findings.append(Finding(kind, text, case, output, entries=tuple(entries)))

    def follows_through(self, earlier: str):
        """The wrong values are what the student's own earlier function leads to."""
        self.consistent = True
        text = f"Given your own `{earlier}`, this is right: it earns what a wrong answer can. Mend `{earlier}` first."
        self.findings.insert(0, Finding("follow-through", text))

    def breach(self, kind, text, case=""):
        """A right value in a wrong manner: it costs a fixed share of the points, once."""
        self.breaches.add(kind)
        self.find(kind, text, case)

    def check_arguments(self, case, before, after):
        labels = argument_labels(self.function, len(before))
        changed = [name for name, *pair in zip(labels, before, after, strict=False) if not same(*pair)]
        if changed:
            listed = ", ".join(f"`{name}`" for name in changed)
            self.breach("purity", f"It changed its argument {listed}. Work on a copy: the caller still needs it.", case)

    def check_earlier(self, case, answer: Answer | None):
        """An earlier result must still be what it was."""
        if answer is None or self.stopped:
            return
        try:
            now = self.student.again(answer.number)
        except StudentStopped as stopped:
            self.stopped = stopped.kind
            self.find(stopped.kind, stopped.text, case)
            return
        if not same(answer.value, now):
            text = "A later call changed what an earlier call had returned: give each result an array of its own."
            self.breach("purity", text, case)

    def result(self, check: str, max_score: float) -> CheckResult:
        """The points and the status."""
        total = sum(part.weight for part in self.parts)
        right = sum(part.weight for part in self.parts if part.passed or self.consistent)
        perfect = bool(self.parts) and all(part.passed for part in self.parts) and not self.stopped
        share = 1.0 if perfect else self.wrong_at_most * right / total if total else 0.0
        share = max(0.0, share - MANNERS_COST * len(self.breaches)) if right else 0.0
        score = max_score if share == 1.0 else min(round(share * max_score, 2), max_score)
        return CheckResult(check, score, max_score, self.status(share), tuple(self.findings[:MOST_FINDINGS]), self.merged())

    def status(self, share) -> str:
        if share == 1.0:
            return "passed"
        if self.stopped and self.stopped != "failed":
            return self.stopped
        if share > 0:
            return "partial"
        return "error" if self.raised and not self.calls else "failed"

    def merged(self) -> tuple[Part, ...]:
        """The parts for the page: an output that was compared several times in a case is one part."""
        found = {}
        for part in self.parts:
            known = found.get((part.case, part.output))
            passed = part.passed and (known is None or known.passed)
            weight = part.weight + (known.weight if known else 0)
            found[part.case, part.output] = Part(part.case, part.output, passed, weight)
        return tuple(found.values())


def with_known_keys(got, expected, is_known):
    """What came, but keys of dicts that the student's process made up are "…": findings name keys."""
    if isinstance(got, dict) and isinstance(expected, dict):
        return {
            key if key in expected or is_known(key) else "…": with_known_keys(value, expected.get(key), is_known)
            for key, value in got.items()
        }
    if isinstance(got, list | tuple) and isinstance(expected, list) and len(got) == len(expected):
        return [with_known_keys(*pair, is_known) for pair in zip(got, expected, strict=True)]
    return got


def same(before, after) -> bool:
    """Whether a value is exactly what it was, arrays entry by entry; what is no data counts as the same."""
    if before is after:
        return True
    if isinstance(before, np.ndarray | np.generic):
        return (
            isinstance(after, np.ndarray | np.generic)
            and before.shape == after.shape
            and before.dtype == after.dtype
            and (
                before.tobytes() == after.tobytes()  # nearly always, and quick
                or bool(np.array_equal(before, after, equal_nan=before.dtype.kind in "fc"))
            )
        )
    if isinstance(before, dict):
        return isinstance(after, dict) and before.keys() == after.keys() and all(same(before[k], after[k]) for k in before)
    if isinstance(before, list | tuple):
        return isinstance(after, list | tuple) and len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, bool | int | float | str):
        return type(before) is type(after) and (before == after or before != before)
    return True


@cache
def argument_labels(function: str, count: int) -> tuple[str, ...]:
    """The names of a function's arguments, as the reference has them."""
    from autograder import reference

    listed = list(inspect.signature(getattr(reference, function)).parameters) if hasattr(reference, function) else []
    return tuple(listed + [f"argument {k + 1}" for k in range(len(listed), count)])[:count]
