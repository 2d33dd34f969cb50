"""The built book as files: nothing went wrong, everything ran, every link leads somewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import nbformat
import pytest

from autograder.assignment import load
from autograder.checks.misconceptions import library
from lstmbook.resultpage import chapter

ROOT = Path(__file__).parents[2]
SYMBOLIC = ("mailto", "https", "http", "data", "javascript")


class Page(HTMLParser):
    """Ids, links and the addresses of what a page loads."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loads, self.text = [], [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        self.loads += [attrs[name] for name in ("src", "srcset") if attrs.get(name)]
        if tag == "link" and attrs.get("rel") not in ("next", "prev", "index", "search", "canonical"):
            self.loads.append(attrs["href"])


@pytest.fixture(scope="module")
def pages(built):
    html = built / "html"
    return {path: Page(path) for path in html.rglob("*.html") if "_static" not in path.relative_to(html).parts}


def test_the_build_says_nothing_wrong(built):
    log = re.sub(r"\x1b\[[\d;]*m", "", (built / "log").read_text())
    assert "build succeeded." in log
    assert "WARNING:" not in log and "ERROR:" not in log


def test_every_page_is_executed_whole(built):
    for page in [*ROOT.glob("book/*.md"), *ROOT.glob("book/chapters/*.md")]:
        if "{code-cell}" not in page.read_text(encoding="utf-8"):
            continue
        name = page.relative_to(ROOT).with_suffix(".ipynb")
        ran = nbformat.read(built / "_build" / "jupyter_execute" / name, as_version=4)
        code = [cell for cell in ran.cells if cell.cell_type == "code"]
        assert code and all(cell.execution_count for cell in code), name
        assert not any(output.output_type == "error" for cell in code for output in cell.outputs), name


def test_released_notebooks_are_published_as_they_are(built):
    for notebook in ROOT.glob("book/exercises/*/*.ipynb"):
        published = list((built / "html" / "_downloads").rglob(notebook.name))
        assert len(published) == 1 and published[0].read_bytes() == notebook.read_bytes()
        assert (built / "html" / "_sources" / notebook.relative_to(ROOT)).read_bytes() == notebook.read_bytes()


def test_every_link_leads_somewhere(pages):
    for path, page in pages.items():
        for link in [*page.links, *page.loads]:
            if urlsplit(link).scheme in SYMBOLIC:
                continue
            address, anchor = urldefrag(link)
            target = (path.parent / unquote(urlsplit(address).path)).resolve() if address else path
            assert target.is_file(), f"{path.name}: {link} leads nowhere"
            if anchor and target in pages:
                assert unquote(anchor) in pages[target].ids, f"{path.name}: {link} has no such anchor"


def test_no_page_loads_anything_from_elsewhere(pages, built):
    for path, page in pages.items():
        assert not [address for address in page.loads if urlsplit(address).netloc], path.name
    css = (built / "html" / "_static" / "site.css").read_text()
    assert not re.search(r"""(?:url\(|@import )['"]?(?:https?:)?//""", css)


def test_ids_are_unique_on_every_page(pages):
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path.name


def test_every_formula_is_rendered(built):
    for path in (built / "html" / "book").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "katex-error" not in text
        prose = re.sub(r"<(script|style|pre|code|svg|annotation)\b.*?</\1>", "", text, flags=re.DOTALL)
        assert not re.search(r"\$[^$<]+\$|\\\(|\\\[|\\begin\{", prose), path.name
        assert prose.count('class="katex"') == prose.count("<math ") > (0 if "chapters" in path.parts else -1)


def test_every_formula_figure_plot_and_task_has_an_address_that_no_number_is_in(pages, built):
    places = r'<div class="math[^>]*>|<div class="anchored[^>]*>|<div class="plot|<div data-model'
    for path in pages:
        if "book" not in path.relative_to(built / "html").parts:
            continue
        text = path.read_text(encoding="utf-8")
        found = re.findall(places, text)
        assert sum("anchored" in tag for tag in found) == sum("plot" in tag or "data-model" in tag for tag in found)
        for tag in found:
            if "math" in tag:
                assert " id=" in tag, f"{path.name}: a formula without a label: {tag}"
        own = [re.search(r' id="([^"]+)"', tag) for tag in found if "math" in tag or "anchored" in tag]
        for name in (match[1] for match in own if match):
            assert not re.search(r"-\d$", name) or name.startswith("equation-"), f"{path.name}: {name} is counted; label it"
            assert f'href="#{name}"' in text  # the link that shows under the mouse


def test_a_formulas_and_a_figures_link_show_under_the_mouse(site, page):
    page.goto(f"{site}/book/chapters/04-forget-gate.html")
    for place in ("#equation-eq-forget", "#gate-figure"):
        link = page.locator(f'{place} a.headerlink[href="{place}"]')
        assert not link.is_visible()
        page.locator(place).hover()
        assert link.is_visible()


def test_every_task_has_its_functions_name_for_an_address(pages, built):
    for master in sorted(ROOT.glob("solutions/*.md")):
        assignment = load(master.stem)
        page = pages[built / "html/book/exercises" / master.stem / f"{master.stem}.html"]
        for check in assignment.checks:
            assert check.function.replace("_", "-") in page.ids


def test_what_feedback_says_to_read_again_is_there(pages, built):
    said = {check.section for master in ROOT.glob("solutions/*.md") for check in load(master.stem).checks}
    said |= {slip.section for slip in library()}
    assert len(said) > 10
    for section in said:
        address = chapter(section, book_url="https://example.org/lstm")["href"]
        path, anchor = urldefrag(address.removeprefix("https://example.org/lstm/"))
        page = pages.get(built / "html" / path)
        assert page, f"{section} is no page"
        assert anchor in page.ids if anchor else not section.startswith("chapters/"), f"{section}: no such section"


def test_the_style_is_small(built):
    assert (built / "html" / "_static" / "site.css").stat().st_size < 200_000  # the theme's own is twice that
