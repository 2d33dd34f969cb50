"""The built book as files: nothing went wrong, everything ran, every link leads somewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import nbformat
import pytest

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
        if tag == "link" and attrs.get("rel") not in ("next", "prev", "index", "search"):
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


def test_the_style_is_small(built):
    assert (built / "html" / "_static" / "site.css").stat().st_size < 200_000  # the theme's own is twice that
