"""A class at a glance, for its instructor: one page from the record that grading left.

How the points are spread, how hard each check was, which misconceptions stood behind wrong answers and in how many
submissions, and which submissions want a person's eye. It names what was found and accuses nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import jinja2
import numpy as np
from lstmbook.resultpage import TEMPLATES
from lstmbook.text import printable

from autograder import atomic, journal
from autograder.assignment import load
from autograder.checks import misconceptions
from autograder.student_id import safe_id
from autograder.verdict import STATUSES, Verdict

BINS = 10  # of the histogram
UNUSUAL = STATUSES[STATUSES.index("error") :]  # statuses that want a person's eye

_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_environment.filters["printable"] = printable


def read(out, name) -> Sequence[Verdict]:
    """The verdicts of a class, as `classroom.grade_class` left them in OUT/instructor/NAME.jsonl, sorted by student."""
    return journal.read(Path(out) / "instructor" / f"{name}.jsonl")


def page(name: str, verdicts: Sequence[Verdict]) -> str:
    """One self-contained HTML page about a class's submissions of one assignment."""
    assignment = load(name)
    return _environment.get_template("page.html.j2").render(
        title=assignment.title,
        css=(TEMPLATES / "page.css").read_text(encoding="utf-8"),
        count=len(verdicts),
        max_score=verdicts[0].max_score if verdicts else 0,
        mean=np.mean([verdict.score for verdict in verdicts]) if verdicts else 0,
        median=np.median([verdict.score for verdict in verdicts]) if verdicts else 0,
        bins=histogram(verdicts),
        checks=[difficulty(cell, verdicts) for cell in assignment.checks],
        mistakes=mistakes(verdicts),
        unusual=[
            (safe_id(verdict.student), verdict.status, verdict.instructor_notes)
            for verdict in verdicts
            if verdict.status in UNUSUAL or verdict.instructor_notes
        ],
    )


def histogram(verdicts) -> list[tuple[float, float, int]]:
    """From, to (in per cent of the points) and number of submissions of each bar; the last bar includes its end."""
    shares = [100 * verdict.score / verdict.max_score for verdict in verdicts if verdict.max_score]
    counts, edges = np.histogram(shares, bins=BINS, range=(0, 100))
    return [(float(low), float(high), int(n)) for low, high, n in zip(edges, edges[1:], counts, strict=False)]


def difficulty(cell, verdicts) -> dict:
    """How a check went over the class: mean share of its points, and how often each status came."""
    results = [check for verdict in verdicts for check in verdict.checks if check.check == cell.grade_id]
    counts = Counter(check.status for check in results)
    return {
        "function": cell.function,
        "points": cell.points,
        "share": float(np.mean([check.score / check.max_score for check in results])) if results else 0.0,
        "statuses": [(status, counts[status]) for status in STATUSES if counts[status]],
    }


def mistakes(verdicts) -> list[tuple[str, str, int, str]]:
    """Function, misconception, number of submissions, and what their feedback says; the most frequent first."""
    counts = Counter(
        (check.check.removeprefix("check_"), check.diagnosis)
        for verdict in verdicts
        for check in verdict.checks
        if check.diagnosis
    )
    says = {(found.function, found.name): found.says for found in misconceptions.library()}
    return [(*key, count, says.get(key, "")) for key, count in counts.most_common()]


def write(out, name) -> Path:
    """Write OUT/report-NAME.html; returns the path."""
    path = Path(out) / f"report-{name}.html"
    with atomic.writing(path) as file:
        file.write(page(name, read(out, name)))
    return path
