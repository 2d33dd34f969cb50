"""The site's one stylesheet, without what no page can use."""

import tinycss2

import lean_pages


def purge(css, *words):
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return lean_pages.purge(rules, set(words)).replace("\n", "")


def test_the_style_keeps_what_a_page_can_use():
    assert purge("p{a:b} .x{c:d} .y #z{e:f}", "x") == "p{a:b}.x{c:d}"
    assert purge(".x,.y:hover{a:b}", "y") == ".y:hover{a:b}"
    assert purge("@font-face { x: y }") == "@font-face { x: y }"


def test_it_does_not_mind_what_a_selector_excludes():
    assert purge(".x:not(.gone){a:b}", "x") == ".x:not(.gone){a:b}"
    assert purge(".x:not(:has(.gone)){a:b}", "x") == ".x:not(:has(.gone)){a:b}"


def test_it_looks_into_conditions_and_drops_those_that_are_empty():
    assert purge("@media print{.x{a:b}.y{c:d}}", "x") == "@media print{.x{a:b}}"
    assert purge("@media print{.y{c:d}}", "x") == ""


def test_it_finds_fonts_from_where_the_style_now_lies():
    face = "src:url(fonts/A.woff2) format('woff2'),url(fonts/A.woff) format('woff')"
    assert lean_pages.rebase(face, "katex") == "src:url(katex/fonts/A.woff2) format('woff2')"
    assert lean_pages.rebase("a:url(data:x)", "katex") == "a:url(data:x)"


def test_properties_that_nothing_uses_are_left_out():
    css = ":root{--a:1;--b:var(--a);--c:2; --d: var(--e, 3) ;--e:4}p{margin:var(--c);--f:'x;'}"
    assert lean_pages.drop_unused(css, set()) == ":root{--c:2;}p{margin:var(--c);--f:'x;'}"
    assert lean_pages.drop_unused(css, {"-b"}).startswith(":root{--a:1;--b:var(--a);--c:2;}")
