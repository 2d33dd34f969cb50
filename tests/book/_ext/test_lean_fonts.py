"""The formulas' fonts, without the signs that no page shows."""

from pathlib import Path

from fontTools.ttLib import TTFont

import lean_fonts

BOOK = Path(__file__).parents[3] / "book"


def test_a_font_keeps_the_signs_that_pages_show(tmp_path):
    shown = lean_fonts.signs('<p title="q">x &lt; 1 ⊙</p>')
    assert shown == set("x <1⊙")
    lean_fonts.write_font(BOOK / "_static/katex/fonts/KaTeX_Main-Regular.woff2", tmp_path / "font.woff2", shown)
    with TTFont(tmp_path / "font.woff2") as font:
        kept = {chr(code) for code in font.getBestCmap()}
    assert kept >= shown and "y" not in kept


def test_a_page_asks_for_the_fonts_of_its_formulas():
    assert lean_fonts.fonts("<p>none</p>") == []
    asked = lean_fonts.fonts('<span class="katex"><span class="mord mathnormal">x</span></span>')
    assert [font.rpartition("_")[2] for font in asked] == ["Main-Regular.woff2", "Math-Italic.woff2"]
    assert all((BOOK / lean_fonts.fonts(marks)[0]).exists() for marks in lean_fonts.ASKED.values())
