"""KaTeX's fonts with no other signs than the book sets in them, a fourth of their weight; and each page asks for its own early.

A font that comes late moves the text around its formulas.
"""

import functools
import html
import re
from collections import defaultdict
from pathlib import Path

FOLDER = "_static/katex/fonts"
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


def file(font):
    """Path of a font, from the site's root."""
    return f"{FOLDER}/KaTeX_{font}.woff2"


def write_font(font, path, characters):
    """Write a font again with these characters alone.

    Parameters
    ----------
    font, path : Path
    characters : iterable of str
    """
    from fontTools import subset  # here: most builds cut no font

    options = subset.Options(flavor="woff2", hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters))
    path.parent.mkdir(parents=True, exist_ok=True)
    with subset.load_font(str(font), options) as loaded:
        subsetter.subset(loaded)
        subset.save_font(loaded, str(path), options)


def setup(app):
    pages = []

    def ask(app, pagename, templatename, context, doctree):
        pages.append(pagename)
        context["early_fonts"] = [file(font) for font in signs(context.get("body", ""))]

    def write(app, error):
        if error or app.builder.format != "html" or not pages:
            return
        out = Path(app.outdir)
        shown = signs("".join(page.read_text(encoding="utf-8") for page in out.rglob("*.html")))
        cut = {Path(app.confdir, "book", file(font)): sorted(shown[font]) for font in sorted(shown)}
        times = [path.stat().st_mtime_ns for path in [*cut, Path(__file__)]]
        made_of, note = repr((times, list(cut.values()))), Path(app.doctreedir, "fonts.txt")
        if (out / FOLDER).exists() and note.exists() and note.read_text("utf-8") == made_of:
            return  # half a second less
        for font, characters in cut.items():
            write_font(font, out / FOLDER / font.name, characters)
        note.write_text(made_of, "utf-8")

    app.connect("html-page-context", ask)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
