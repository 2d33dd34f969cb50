"""The formulas' fonts, without the signs that no page sets in them."""

import base64
import io
import re

from fontTools.ttLib import TTFont

import lean_fonts
from katex_math import render

STYLE = (lean_fonts.FILES.parent / "katex.min.css").read_text(encoding="utf-8")


def test_the_style_holds_the_fonts_with_the_signs_that_are_set_in_them():
    style = lean_fonts.embed(STYLE, {"Main-Regular": set("x1⊙")})
    (face,) = re.findall("@font-face{[^}]*}", style)
    assert "font-family:KaTeX_Main;" in face and "font-weight:400" in face
    file = base64.b64decode(re.search(r"url\(data:font/woff2;base64,([^)]*)\)", face)[1])
    with TTFont(io.BytesIO(file)) as font:
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
    faces = {font for _, font in lean_fonts.FACE.findall(STYLE)}
    assert all(font in faces and lean_fonts.only(font, "") for font in lean_fonts.FONTS)
