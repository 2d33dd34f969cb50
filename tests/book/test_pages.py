"""The published pages, as a reader meets them in a browser that can reach this machine alone."""

import re
import zipfile
from pathlib import Path

import jinja2
import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [path for kind in ("*.md", "chapters/*.md", "guide/*.md", "exercises/*/*.ipynb") for path in ROOT.glob(f"book/{kind}")]
PAGES = sorted(path.relative_to(ROOT).with_suffix(".html").as_posix() for path in SOURCES)
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}

CONTRAST = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (colour) => channels(colour)
    .map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const [page, text] = ["backgroundColor", "color"].map((what) => light(getComputedStyle(document.body)[what]));
  return { page, contrast: (Math.max(page, text) + 0.05) / (Math.min(page, text) + 0.05) };
}"""


def test_the_site_opens_on_its_start_page(site, page):
    page.goto(f"{site}/index.html")
    page.wait_for_url(f"{site}/book/index.html")
    assert "LSTM" in page.title() and page.locator("h1").count() == 1


def test_the_browser_reaches_nothing_beyond_this_machine(site, page, outside, errors):
    page.goto(f"{site}/book/notation.html")
    reached = page.evaluate("fetch('https://example.org/').then(() => true, () => false)")
    assert not reached and outside == ["https://example.org/"]
    outside.clear()  # else this test, like any other, would fail at its end
    errors.clear()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_in_light_and_dark(site, new_page, name):
    for scheme, is_light in [("light", True), ("dark", False)]:
        page = new_page(**PHONE, color_scheme=scheme)
        page.goto(f"{site}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        seen = page.evaluate(CONTRAST)
        assert (seen["page"] > 0.5) == is_light and seen["contrast"] > 10
        unnamed = "img:not([alt]), svg[role=img]:not([aria-label]), button:not([aria-label], [title]):empty"
        assert page.locator(unnamed).count() == 0
        assert page.locator("meta[name=description]").count() == 1


def test_the_readers_choice_of_light_or_dark_is_kept(site, page):
    page.goto(f"{site}/book/notation.html")
    theme = page.locator("html")
    assert theme.get_attribute("data-theme") == "light"
    while theme.get_attribute("data-mode") != "dark":
        page.locator(".theme-switch-button:visible").click()
    assert page.evaluate(CONTRAST)["page"] < 0.05
    page.goto(f"{site}/book/exercises.html")
    assert theme.get_attribute("data-theme") == "dark"


def test_a_page_can_be_read_without_scripts(site, new_page):
    page = new_page(java_script_enabled=False, color_scheme="dark")
    page.goto(f"{site}/book/chapters/04-forget-gate.html")
    assert page.locator("html").get_attribute("data-theme") == "light"  # the choice is the scripts'
    assert page.locator(".lstm-figure").first.is_visible() and page.locator(".katex").first.is_visible()
    answer = page.locator("details.sd-dropdown").first
    answer.locator("summary").click()
    assert "[4,2.5,0]" in answer.locator(".katex-html").first.inner_text().replace("\n", "").replace(" ", "")


def test_formulas_are_set_in_their_own_type_and_colours(site, page):
    page.goto(f"{site}/book/chapters/08-whole-cell.html")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px KaTeX_Main'))")
    gate = page.locator(".katex .lstm-gate").first
    assert gate.evaluate("e => getComputedStyle(e).color") == "rgb(12, 122, 99)"
    assert page.locator("math annotation").count() > 0  # MathML for those who listen


def test_the_theme_is_the_courses_own(site, page):
    page.goto(f"{site}/book/chapters/08-whole-cell.html")
    paragraph = page.locator("article p").nth(1)
    size = paragraph.evaluate("e => [e.getBoundingClientRect().width, parseFloat(getComputedStyle(e).fontSize)]")
    assert size[0] / size[1] < 41 and size[1] >= 16  # ems: a measure of some 75 letters
    assert page.locator(".fa-bars").first.evaluate("e => getComputedStyle(e, '::before').maskImage").startswith("url(")


def test_search_finds_a_page(site, page):
    page.goto(f"{site}/search.html?q=half-life")
    page.locator("#search-results li a", has_text="forget gate").first.click()
    page.wait_for_url(re.compile("04-forget-gate"))


def test_search_quotes_each_formula_once_and_in_a_line(site, page):
    page.goto(f"{site}/search.html?q=numerator")
    quoted = page.locator("#search-results li", has_text="Exercise 1").locator("p.context").first
    quoted.wait_for()
    assert "Multiply numerator and denominator by e^x" in quoted.inner_text()
    assert "of the same fraction, e^x/(e^x+1). Which" in quoted.inner_text()


def test_the_sidebar_opens_on_a_phone(site, new_page):
    page = new_page(**PHONE)
    page.goto(f"{site}/book/index.html")
    page.locator("button.primary-toggle").click()
    page.locator("#pst-primary-sidebar-modal a", has_text="Notation").click()
    page.wait_for_url(re.compile("notation"))


def test_an_exercise_is_offered_as_a_notebook_and_in_the_bundle(site, page):
    page.goto(f"{site}/book/exercises/gates/gates.html")
    for link in (page.get_by_label("Download this notebook"), page.locator(".to-download a").first):
        with page.expect_download() as download:
            link.click()
        assert Path(download.value.path()).read_bytes() == (ROOT / "book/exercises/gates/gates.ipynb").read_bytes()
    with page.expect_download() as download:
        page.get_by_role("link", name="all exercises").click()
    assert "lstm-exercises/start.py" in zipfile.ZipFile(download.value.path()).namelist()


def test_pages_link_to_their_source_once_the_repository_is_named():
    links = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "book/_templates")).get_template("source-links.html")
    page = {"pagename": "book/chapters/16-gru", "page_source_suffix": ".md", "theme_repository_branch": "main"}
    said = links.render(page, theme_repository_url="https://example.org/me/lstm")
    assert "https://example.org/me/lstm/edit/main/book/chapters/16-gru.md" in said
    assert "https://example.org/me/lstm/issues/new?title=In%20book/chapters/16-gru" in said
    assert links.render(page, theme_repository_url="").strip() == ""
