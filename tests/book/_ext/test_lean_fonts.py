"""The formulas' fonts, without the signs that no page sets in them."""

from pathlib import Path

from fontTools.ttLib import TTFont

import lean_fonts
from katex_math import render

BOOK = Path(__file__).parents[3] / "book"


def test_a_font_keeps_the_signs_that_are_set_in_it(tmp_path):
    lean_fonts.write_font(BOOK / lean_fonts.file("Main-Regular"), tmp_path / "font.woff2", "x1⊙")
    with TTFont(tmp_path / "font.woff2") as font:
        kept = {chr(code) for code in font.getBestCmap()}
    assert kept >= set("x1⊙") and "y" not in kept


def test_signs_are_told_by_the_font_that_they_are_set_in():
    assert lean_fonts.signs("<p>no formula</p>") == {}
    found = lean_fonts.signs(f"<p>a {render('x < 2')} b {render(chr(92) + 'text{if } y')} c</p>")
    assert found == {"Math-Italic": {"x", "y"}, "Main-Regular": {"<", "2", "i", "f", "\N{NO-BREAK SPACE}"}}
    found = lean_fonts.signs(render(r"\sum_k \mathtt{df} \bigl( \Biggl[ \mathbf{1}", display=True))
    assert found["Typewriter-Regular"] == {"d", "f"} and found["Main-Bold"] == {"1"}
    assert (found["Size1-Regular"], found["Size2-Regular"], found["Size4-Regular"]) == ({"("}, {"∑"}, {"["})


def test_every_font_is_there():
    assert all((BOOK / lean_fonts.file(font)).exists() for font in lean_fonts.FONTS)
