"""KaTeX's fonts with no other signs than the book has, a third of their weight; and those that a page has asked for early.

A font that comes late moves the text around its formulas.
"""

import html
import re
from pathlib import Path

FOLDER = "_static/katex/fonts"
TAG = re.compile(r"<[^>]*>")

# What in a page's markup is set in which font, as katex.min.css has it.
ASKED = {
    "Main-Regular": 'class="katex"',
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


def fonts(body):
    """Paths, from the site's root, of the fonts that a page's formulas are set in."""
    return [f"{FOLDER}/KaTeX_{name}.woff2" for name, marks in ASKED.items() if re.search(marks, body)]


def signs(text):
    """All characters that the pages' markup shows."""
    return set(html.unescape(TAG.sub("", text)))


def write_font(font, path, characters):
    """Write a font again with these characters alone.

    Parameters
    ----------
    font, path : Path
    characters : set of str
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
        context["early_fonts"] = fonts(context.get("body", ""))

    def write(app, error):
        if error or app.builder.format != "html" or not pages:
            return
        out = Path(app.outdir)
        shown = set().union(*(signs(page.read_text(encoding="utf-8")) for page in out.rglob("*.html")))
        cut = {font: out / FOLDER / font.name for font in Path(app.confdir, "book", FOLDER).glob("*.woff2")}
        times = [path.stat().st_mtime_ns for path in sorted([*cut, Path(__file__)])]
        made_of, note = repr((times, sorted(shown))), Path(app.doctreedir, "fonts.txt")
        if all(path.exists() for path in cut.values()) and note.exists() and note.read_text("utf-8") == made_of:
            return  # a second less
        for font, path in cut.items():
            write_font(font, path, shown)
        note.write_text(made_of, "utf-8")

    app.connect("html-page-context", ask)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
