"""The page that tells how an exercise went, function by function: of the self-check, and of grading.

The page knows neither tests nor grades: it shows the words and points that it is given, and whatever a student wrote
stands there as text. Each maker of pages has a template of its own that extends ``page.html.j2``.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from lstmbook.text import printable

TEMPLATES = Path(__file__).parent / "templates"

# Characters of a text and items of a kind (notes, findings, cells, …); the next pair if a page is too large with this.
CUTS = ((20_000, 100), (2_000, 30), (200, 10))


@dataclass(frozen=True)
class Said:
    """One thing that is said of a function.

    ``label`` is its kind in a word or two; ``case`` and ``output`` say where. In ``text``, `…` is code; ``lines`` are
    shown as they are, below it. ``link`` is a page of the book, from its root; ``picture`` is drawn, with its caption.
    """

    label: str
    text: str
    lines: str = ""
    case: str = ""
    output: str = ""
    link: str = ""
    picture: tuple[Markup, str] | None = None


@dataclass(frozen=True)
class Card:
    """One function: how it went, and all that is said of it.

    ``status`` is the name of an icon (``icons.svg``) and of a colour, ``word`` what it is called. ``score`` is None
    where nothing was graded. ``hints`` stand apart, before the ``findings``; without either, ``explanation`` says
    something. ``parts`` have a ``case``, an ``output`` and whether they ``passed``. ``section`` is the page of the book
    to read.
    """

    function: str
    section: str
    status: str
    word: str
    points: float
    score: float | None = None
    hints: tuple[Said, ...] = ()
    findings: tuple[Said, ...] = ()
    explanation: str = ""
    parts: tuple = ()

    @property
    def share(self) -> float:
        """How much of the function's points is full in the page's bar, from 0 to 1."""
        if self.score is None:
            return float(self.status == "passed")
        return self.score / self.points if self.points else 0.0


def environment(folder=TEMPLATES) -> jinja2.Environment:
    """Where templates in a folder find the page that they extend, and what they are shown is made safe."""
    result = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        finalize=_shown,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    result.filters.update(points=_points, prose=_prose, breakable=_breakable, headline=_headline, grid=_grid)
    return result


def render(template, max_bytes, cards, book_url="", **shown) -> str | None:
    """One self-contained HTML page, with no script and no outside resource.

    Parameters
    ----------
    template : jinja2.Template
        Of an `environment`.
    max_bytes : int
        Of the page in UTF-8. What is too long is cut, and the page says so.
    cards : list of Card
    book_url : str
        Address of the published book, for links to its chapters; without one, chapters are named.
    **shown
        ``title`` of the exercise, a sentence or two as ``summary``, ``notes`` (texts about the notebook), ``cells``
        (each with a ``cell_id`` and what it printed and raised: ``stdout``, ``stderr``, ``error``), and what the
        template itself asks for.

    Returns
    -------
    str or None
        None if the page is too large even when it is cut.
    """
    shown |= {
        "cards": cards,
        "told": any(card.hints or card.findings or card.parts for card in cards),
        "chapter": functools.partial(chapter, book_url=book_url),
    }
    for max_text, max_items in CUTS:
        html = template.render(shown, max_text=max_text, max_items=max_items)
        if len(html.encode()) <= max_bytes:
            return html
    return None


def chapter(page, book_url=""):
    """What to call a place in the book ("chapters/04-forget-gate#the-equation"), and its address."""
    found = _PAGE.fullmatch(page)
    if not found:
        return None
    path, folder, number, words, place = found.groups(default="")
    name = {"chapters": f"chapter {int(number or 0)}, {words}", "exercises": f"exercise {words}"}.get(folder, words)
    if place.startswith("#equation-"):
        name = f"a formula in {name}"
    elif place:
        name += f": {place[1:]}"
    return {"name": name.replace("-", " "), "href": f"{book_url.rstrip('/')}/book/{path}.html{place}" if book_url else ""}


_PAGE = re.compile(r"((?:([a-z]+)/)?(?:[a-z0-9-]+/)*(?:(\d+)-)?([a-z0-9-]+))(#[a-z0-9-]+)?")


def _grid(parts, max_items):
    """Parts as a table: a word for its first column, its head, and rows of a label and whether each part is right.

    None stands for a part that was not compared. The longer of cases and outputs goes down, so that the table fits a
    narrow screen.
    """
    right = {}
    for part in parts:
        right[part.case, part.output] = right.get((part.case, part.output), True) and part.passed
    cases, outputs = (list(dict.fromkeys(names))[:max_items] for names in zip(*right, strict=True))
    if len(outputs) > len(cases):
        return "output", cases, [(output, [right.get((case, output)) for case in cases]) for output in outputs]
    return "case", outputs, [(case, [right.get((case, output)) for output in outputs]) for case in cases]


def _headline(error):
    """The line of a traceback that says what went wrong: the last that is neither indented nor empty."""
    lines = [line for line in error.splitlines() if line[:1].strip()]
    return lines[-1][:200] if lines else ""


def _points(value):
    """Points to at most two decimals: 2, 1.5, 0.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _breakable(name):
    """A function's name that a narrow screen may break behind an underscore."""
    return Markup("_<wbr>").join(escape(piece) for piece in name.split("_"))


@jinja2.pass_context
def _shown(context, value):
    """A text as it may stand on the page before it is escaped: nothing hidden in it, and not too long."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    left = len(value) - context["max_text"]
    return printable(value) if left <= 0 else f"{printable(value[:-left])} … (cut: {left:,} more characters)"


@jinja2.pass_context
def _prose(context, text):
    """A text in which `…` is code."""
    pieces = _shown(context, text).split("`")
    if len(pieces) % 2 == 0:
        return escape("`".join(pieces))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if i % 2 else piece for i, piece in enumerate(pieces)
    )
