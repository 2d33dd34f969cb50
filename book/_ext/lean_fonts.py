"""KaTeX's fonts with no other signs than the book sets in them, a fourth of their weight, and inside the stylesheet.

A font of its own file may come after the page, and then moves the text around every formula.
"""

import base64
import functools
import html
import io
import re
from collections import defaultdict
from pathlib import Path

FILES = Path(__file__).parents[1] / "_static" / "katex" / "fonts"
FACE = re.compile(r"@font-face\s*{[^}]*?url\(([^)]*KaTeX_([\w-]+)\.woff2)\)[^}]*}")
FORMULA = '<span class="katex-html" aria-hidden="true">'
PART = re.compile(r'<(?:(/)span>|span(?: class="([^"]*)")?[^>]*>|[^>]*>)|([^<]+)')

# What an element's classes set its text in, as katex.min.css has it; without any of them, text is set as around it.
FONTS = {
    "Main-Regular": "mathrm|textrm|mainrm",
    "Main-Bold": "mathbf|textbf",
    "Main-Italic": "mathit|textit",
    "Math-Italic": "mathnormal",
    "Caligraphic-Regular": "mathcal",
    "Typewriter-Regular": "mathtt|texttt",
    "AMS-Regular": "mathbb|amsrm",
    "Size1-Regular": "delimsizing size1|delim-size1|small-op",
    "Size2-Regular": "delimsizing size2|large-op",
    "Size3-Regular": "delimsizing size3",
    "Size4-Regular": "delimsizing size4|delim-size4",
}


@functools.cache
def _font(classes):
    return next((font for font, marks in FONTS.items() if re.search(marks, classes)), None)


def signs(markup):
    """The characters of a page's formulas, by the font that they are set in.

    Parameters
    ----------
    markup : str

    Returns
    -------
    dict of str to set of str
    """
    found = defaultdict(set)
    for formula in markup.split(FORMULA)[1:]:
        fonts = ["Main-Regular"]  # of the elements that are open
        for part in PART.finditer(formula):
            closes, classes, text = part.groups()
            if text:
                found[fonts[-1]].update(html.unescape(text))
            elif closes:
                fonts.pop()
                if not fonts:
                    break
            elif part[0].startswith("<span"):
                fonts.append(_font(classes or "") or fonts[-1])
    return dict(found)


def only(font, characters):
    """A font's woff2 file with these characters alone.

    Parameters
    ----------
    font : str
        One of ``FONTS``.
    characters : iterable of str

    Returns
    -------
    bytes
    """
    from fontTools import subset  # here: most builds cut no font

    options = subset.Options(flavor="woff2", hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters))
    cut = io.BytesIO()
    with subset.load_font(str(FILES / f"KaTeX_{font}.woff2"), options) as loaded:
        subsetter.subset(loaded)
        subset.save_font(loaded, cut, options)
    return cut.getvalue()


def embed(css, shown):
    """CSS text that holds KaTeX's fonts with these signs, and no other of its fonts.

    Parameters
    ----------
    css : str
    shown : dict of str to set of str
        As ``signs`` has them.
    """

    def face(rule):
        url, font = rule.groups()
        if font not in shown:
            return ""
        data = base64.b64encode(only(font, sorted(shown[font]))).decode()
        return rule[0].replace(url, f"data:font/woff2;base64,{data}")

    return FACE.sub(face, css)
