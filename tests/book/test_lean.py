"""The site's one stylesheet, its fonts, and tables that say what their parts are."""

from pathlib import Path

import accessible
import lean_fonts
import lean_pages
import tinycss2
from fontTools.ttLib import TTFont

BOOK = Path(__file__).parents[2] / "book"


def test_rules_that_no_page_can_use_are_left_out():
    css = ".a, .b { color: red } .c:not(.d) { color: red }"
    css += " @media print { .b { color: red } .a { color: blue } } @font-face { x: y }"
    kept = lean_pages.purge(tinycss2.parse_stylesheet(css, skip_whitespace=True), {"a", "c"})
    assert kept.split("\n") == [
        ".a{color: red}", ".c:not(.d){color: red}", "@media print{.a{color: blue}}", "@font-face { x: y }",
    ]  # fmt: skip


def test_properties_that_nothing_uses_are_left_out():
    css = ":root{--a:1;--b:var(--a);--c:2; --d: var(--e, 3) ;--e:4}p{margin:var(--c);--f:'x;'}"
    assert lean_pages.drop_unused(css, set()) == ":root{--c:2;}p{margin:var(--c);--f:'x;'}"
    assert lean_pages.drop_unused(css, {"-b"}).startswith(":root{--a:1;--b:var(--a);--c:2;}")


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


def test_a_table_names_its_rows_and_its_formulas():
    tex = '<annotation encoding="tex">\\output{h_t}</annotation>'
    formula = f'<p><span class="math"><math xmlns="m">{tex}</math></span></p>'
    table = (
        f'<table><thead><tr><th class="head"><p></p></th><th class="head">{formula}</th></tr></thead>'
        "<tbody><tr><td><p>unit 1</p></td><td>2</td></tr><tr><td><p></p></td><td>3</td></tr></tbody></table>"
    )
    mended = accessible.TABLE.sub(accessible.mend_table, table)
    assert '<tr><td></td><th class="head"><p><span class="math"><math aria-label="h_t" xmlns="m">' in mended
    assert '<tr><th scope="row"><p>unit 1</p></th><td>2</td></tr>' in mended
    assert "<tr><td><p></p></td><td>3</td></tr>" in mended  # nothing to be called by
    plain = table.replace("<p></p>", "<p>where</p>")
    assert '<tr><td><p>unit 1</p></td><td>2</td></tr>' in accessible.TABLE.sub(accessible.mend_table, plain)
