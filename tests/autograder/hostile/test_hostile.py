"""Each hostile submission earns what its code is worth and no more, harms nobody and leaves nothing; odd ones are graded fairly."""

import re
from html.parser import HTMLParser

import pytest

from autograder.assignment import load
from autograder.verdict import STATUSES
from tests.autograder.hostile.conftest import ALL, GROUPS, HONEST, HOSTILE, NEIGHBOURS, RUNS
from tests.autograder.hostile.tricks import Due


def test_there_are_enough_of_each():
    assert len(HOSTILE) >= 60 and len(HONEST) >= 20 and len(GROUPS) >= 10
    assert len(HOSTILE) == sum(map(len, GROUPS.values())) and not HOSTILE.keys() & HONEST.keys()


@pytest.mark.parametrize("name", ALL)
def test_it_gets_what_its_code_is_worth(graded, name):
    trick = ALL[name]
    total = 0.0
    for check in load(trick.assignment).checks:
        row = graded.row(name, check.grade_id)
        due = trick.due.get(check.function, Due(check.points, ("passed",)))
        assert row["status"] in due.statuses and row["status"] in STATUSES, row
        assert row["max_score"] == check.points
        assert row["score"] <= due.points, row
        if check.function not in trick.due:
            assert row["score"] == check.points, row
        total += row["score"]
    assert graded.row(name, "total")["score"] == pytest.approx(total)


@pytest.mark.parametrize("name", [name for name, trick in ALL.items() if trick.says or trick.hides])
def test_its_page_says_what_is_its_own_and_no_more(graded, name):
    page = graded.page(name)
    assert all(said in page for said in ALL[name].says)
    assert not [text for text in ALL[name].hides if text in page]


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbours_are_graded_as_if_they_were_alone(graded, name):
    alone = {key[2]: row for key, row in graded.rows.items() if key[:2] == ("alone", name)}
    for run in ("gates", "exhausting"):
        assert {key[2]: row for key, row in graded.rows.items() if key[:2] == (run, name)} == alone
        assert graded.page(name, run) == graded.page(name, "alone")
    assert len(alone) == 8


def test_no_secret_is_told(graded):
    canaries = graded.left["canaries"]
    assert len(canaries) >= 10
    for path, text in graded.shown().items():
        for where, canary in canaries.items():
            own = "autograded" in path.parts and where in path.parts  # a neighbour's own notebook
            assert own == (canary in text), (path, where)


def test_nothing_is_left(graded):
    assert graded.left["left"] == {"running": [], "files": [], "ipc": [], "sockets": []}


class Text(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update((tag, name, value if name in ("href", "src", "style") else "") for name, value in attributes)


def test_pages_are_made_of_what_the_neighbours_pages_are_made_of(graded):
    """No tag and no attribute comes from a student; what is written is text."""
    ours = {"h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"}
    ours |= {"section", "div", "span", "strong", "em", "wbr", "a", "pre", "code", "details", "summary"}
    ours |= {"figure", "figcaption", "svg", "use", "path", "rect", "title"}
    for name in NEIGHBOURS:
        ours |= Text(graded.page(name)).tags
    assert not ours & {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
    for path, page in graded.pages.items():
        text = Text(page)
        assert text.tags <= ours, (path, text.tags - ours)
        for tag, name, value in text.attributes:
            elsewhere = re.match(r"\s*(javascript|data|https?):", value or "", re.I)
            assert not name.startswith("on") and not elsewhere, (path, tag, name)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", page), path
        assert len(page.encode()) < 5 * 2**20


def test_the_table_is_no_program(graded):
    for run in RUNS:
        text = (graded.root / run / "out" / "grades.csv").read_text("utf-8")
        for line in text.splitlines():
            assert not line.startswith(("=", "+", "-", "@", "\t", '"=')) and line.isprintable(), line
            assert "<" not in line
