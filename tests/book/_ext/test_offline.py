"""The book on paper, and in one file: as a page that needs no server, and as a PDF."""

import posixpath
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

import offline

ROOT = Path(__file__).parents[3]
CHAPTER = "book/chapters/04-forget-gate.html"
WORKED = ["book/index", "book/chapters/04-forget-gate", "book/chapters/08-whole-cell", "book/exercises/gates/gates"]


@pytest.fixture(scope="module")
def book(built, tmp_path_factory):
    """The whole book in one file."""
    path = tmp_path_factory.mktemp("offline") / "book.html"
    path.write_text(offline.in_one(built / "html", offline.contents(ROOT / "_toc.yml")), encoding="utf-8")
    return path


def text(page):
    return " ".join(page.extract_text().split())


def test_a_chapter_on_paper_is_light_and_has_its_answers_open(site, new_page, tmp_path):
    page = new_page(color_scheme="dark", viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/{CHAPTER}")
    page.locator("[data-live]").first.wait_for()
    page.evaluate("""addEventListener("beforeprint", () => window.printed = {
        theme: document.documentElement.dataset.theme,
        closed: document.querySelectorAll("details.sd-dropdown:not([open])").length,
    })""")
    page.pdf(path=tmp_path / "chapter.pdf", format="A4", print_background=True)
    assert page.evaluate("printed") == {"theme": "light", "closed": 0}
    assert page.locator("html").get_attribute("data-theme") == "dark"  # on the screen all is as it was
    assert page.locator("details.sd-dropdown[open]").count() == 0

    sheets = [text(sheet) for sheet in PdfReader(tmp_path / "chapter.pdf").pages]
    assert sheets[0].startswith("1 4 · The forget gate") and sheets[1].startswith("2 ") and len(sheets) <= 9  # numbered
    whole = " ".join(sheets)
    assert "keeps a quarter and forgets three" in whole  # an answer
    assert not re.search("Show the code|Skip to main|Search|Back to top|next page", whole)


@pytest.mark.parametrize("name", ["08-whole-cell", "10-back-through-one-cell", "12-gradients-road"])
def test_what_must_not_be_torn_apart_fits_a_sheet(site, new_page, name):
    page = new_page(viewport={"width": 665, "height": 980})  # A4 less its margins, in CSS pixels
    page.goto(f"{site}/book/chapters/{name}.html")
    page.emulate_media(media="print")
    heights = page.locator(".lstm-figure, .plot, pre, div.math").evaluate_all("all => all.map(e => e.offsetHeight ?? 0)")
    assert heights and max(heights) < 980


def test_the_book_in_one_file_works_without_a_server(book, browser):
    page = browser.new_page(offline=True)
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.goto(book.as_uri())
    page.wait_for_function("[...document.querySelectorAll('[data-model]')].every((figure) => 'live' in figure.dataset)")
    assert [address for address in asked if not address.startswith(("data:", "blob:"))] == [book.as_uri()]
    assert page.locator("article").count() == sum(len(pages) for _, pages in offline.contents(ROOT / "_toc.yml"))
    ids = page.locator("[id]").evaluate_all("all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids)) > 500
    links = page.locator("a[href]").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert {link for link in links if link.startswith("#")} <= {f"#{each}" for each in ids}
    assert not [link for link in links if not link.startswith(("#", "https://", "data:"))]
    references = page.locator("svg use").evaluate_all("all => all.map((e) => e.href.baseVal.slice(1))")
    assert set(references) <= set(ids) and references

    page.locator('a[href="#04-forget-gate"]').first.click()
    page.get_by_role("link", name="Shut the forget gate").first.click()
    figure = page.locator('[id="04-forget-gate"] .lstm-figure').first
    assert "bias of unit 1 −10" in " ".join(figure.inner_text().split())
    assert errors == []
    page.close()


def test_the_pdf_has_contents_with_page_numbers_an_outline_and_links(built, browser, tmp_path):
    parts = [("", WORKED[:1]), ("The cell", WORKED[1:])]
    page, pdf = tmp_path / "book.html", tmp_path / "book.pdf"
    page.write_text(offline.in_one(built / "html", parts), encoding="utf-8")
    offline.to_pdf(browser, page, pdf)
    reader = PdfReader(pdf)
    top = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in top] == [
        "The LSTM, from one multiplication to a trained network",
        "4 · The forget gate",
        "8 · The whole cell in NumPy",
        "Exercise 1: the gates",
    ]
    contents = next(text(sheet) for sheet in reader.pages if "Contents" in text(sheet))
    starts = [reader.get_destination_page_number(entry) + 1 for entry in top]
    assert offline.pages_of(pdf)["08-whole-cell"] == starts[2] > starts[1] > starts[0] == 1
    for entry, start in zip(top[1:], starts[1:]):
        assert f"{entry.title} {start}" in contents
        assert text(reader.pages[start - 1]).count(entry.title) >= 2  # the line above, and the title itself
    addresses = [
        link["/A"]["/URI"]
        for sheet in reader.pages
        for link in (each.get_object() for each in sheet.get("/Annots", []))
        if "/URI" in link.get("/A", {})
    ]
    assert all(address.startswith("https://") for address in addresses)


def test_without_a_browser_it_says_so(monkeypatch):
    monkeypatch.setattr(offline, "BROWSERS", ("no-such-browser",))
    with pytest.raises(FileNotFoundError, match="Chromium is missing; install it"), offline.chromium():
        pass


def test_no_two_pages_have_one_file_name():
    names = [posixpath.basename(name) for _, pages in offline.contents(ROOT / "_toc.yml") for name in pages]
    assert len(names) == len(set(names))  # it is what their anchors begin with
