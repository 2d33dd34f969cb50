"""A class at a glance, for its instructor: one page from the record that grading left.

How the points are spread, how hard each check was, which misconceptions stood behind wrong answers and in how many
submissions, which submissions want a person's eye, and which are alike. It names what was found and accuses nobody.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
import numpy as np

from autograder import atomic, journal
from autograder.assignment import Assignment, load, master
from autograder.checks import misconceptions
from autograder.report import similarity
from autograder.student_id import safe_id
from autograder.verdict import STATUSES, Verdict
from lstmbook.resultpage import TEMPLATES
from lstmbook.text import printable

BINS = 10  # of the histogram
UNUSUAL = STATUSES[STATUSES.index("error") :]  # statuses that want a person's eye
SIDE_BY_SIDE, NAMED = 20, 200  # groups of alike submissions whose code is shown, and that are named

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


@dataclass(frozen=True)
class Alike:
    """Submissions that are alike: all of the group, and the code of the two that are most so, None if it is not shown.

    A line of code is its text and whether it is in a run that the other one has too.
    """

    students: tuple[str, ...]
    common: int
    share: float
    code: tuple[tuple[str, list[tuple[str, bool]]], ...] | None


def page(name: str, verdicts: Sequence[Verdict], sources: Mapping[str, Sequence[str]] | None = None) -> str:
    """One self-contained HTML page about a class's submissions of one assignment.

    Parameters
    ----------
    name : str
        The assignment.
    verdicts : sequence of Verdict
    sources : dict of list of str, optional
        The students' own cells of code, to be compared with each other.
    """
    assignment = load(name)
    return _environment.get_template("page.html.j2").render(
        name=name,
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
            (safe_id(verdict.student), verdict.status, seen(verdict))
            for verdict in verdicts
            if verdict.status in UNUSUAL or verdict.instructor_notes
        ],
        compared=len(sources or ()),
        alike=alike(assignment, sources or {}),
        named=NAMED,
    )


def seen(verdict: Verdict) -> list[str]:
    """What is unusual about a submission: its notes, and the functions with a status that wants a person's eye."""
    found = [check for check in verdict.checks if check.status in UNUSUAL]
    all_of_them = len(found) == len(verdict.checks) and len({check.status for check in found}) == 1
    listed = [f"{check.check.removeprefix('check_')}: {check.status}." for check in found]
    return [*verdict.instructor_notes, *([] if all_of_them else listed)]


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


def own_code(out, assignment: Assignment) -> dict[str, list[str]]:
    """Each student's cells of code, solutions and own ones, from the notebooks that grading left in OUT/autograded."""
    given = {cell.source for cell in assignment.notebook.cells}
    found = {}
    for path in sorted(Path(out).glob(f"autograded/*/{assignment.name}/{assignment.name}.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            continue  # half written or taken away: that student is not compared
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        if own := [source for source in code if source not in given]:
            found[path.parent.parent.name] = own
    return found


def alike(assignment: Assignment, sources: Mapping[str, Sequence[str]]) -> list[Alike]:
    """Groups of submissions that are alike, the most alike first."""
    names = frozenset(check.function for check in assignment.checks)
    given = [[cell.source for cell in book.cells] for book in (assignment.notebook, master(assignment.name))]
    pairs = similarity.pairs(sources, given, names)
    found = []
    for students in similarity.groups(pairs):
        best = next(pair for pair in pairs if pair.first in students)
        code = None
        if len(found) < SIDE_BY_SIDE:
            sides = (best.first, best.second), (best.second, best.first)
            code = tuple((one, marked(sources[one], sources[other], given, names)) for one, other in sides)
        found.append(Alike(tuple(students), best.common, best.share, code))
    return found


def marked(cells, other, given, names) -> list[tuple[str, bool]]:
    """The lines of some cells, an empty one between two, and of each whether it is in a run that other cells have too."""
    shared = similarity.shared_lines(cells, other, given, names)
    lines, count = [], 0
    for cell in cells:
        lines += [(text, count + number in shared) for number, text in enumerate(cell.split("\n"))]
        lines.append(("", False))
        count += len(cell.split("\n"))
    return lines[:-1]


def write(out, name) -> Path:
    """Write OUT/report-NAME.html; returns the path."""
    verdicts = read(out, name)
    path = Path(out) / f"report-{name}.html"
    with atomic.writing(path) as file:
        file.write(page(name, verdicts, own_code(out, load(name))))
    return path
