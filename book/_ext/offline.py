"""The whole book in one file, twice: a page that opens without server or network, and a PDF. ``make offline``.

Both are made from the built pages, so nothing is executed again. The page holds its style, fonts, pictures, notebooks and
living figures; the PDF is what Chromium prints of it, with page numbers in the contents and an outline.
"""

import base64
import json
import mimetypes
import os
import posixpath
import re
import shutil
import sys
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import yaml
from bs4 import BeautifulSoup
from myst_nb.core.render import sanitize_script_content

ROOT = Path(__file__).parents[2]
NAME = "lstm-course"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")  # attributes that hold ids
AROUND = "header, footer, dialog, .bd-sidebar, .bd-sidebar-secondary, .bd-header-article, [id^=pst-], script[src], link"
STYLE = """
.book-contents { max-width: 41rem; padding: 0 1.5rem; break-before: page; }
.book-contents ul { padding: 0; list-style: none; }
.book-contents :is(h2, h3) { font-family: var(--pst-font-family-heading); font-weight: 600; }
.book-contents h3 { margin: 1rem 0 0.4rem; font-size: 1.1rem; }
.book-contents li { display: flex; justify-content: space-between; gap: 1rem; }
.bd-article ~ .bd-article { border-top: 1px solid var(--rule); margin-top: 4rem; }
@media screen {
  [data-page-of] { display: none; }
  .bd-article ~ .bd-article { content-visibility: auto; contain-intrinsic-size: auto 9000px; }  /* else it opens slowly */
}
@media print {
  .bd-article ~ .bd-article { border: 0; }
  .book-contents { padding: 0; max-width: none; columns: 2; column-gap: 3rem; }
  .book-contents h2 { column-span: all; }
  .book-contents :is(ul, li) { break-inside: avoid; }
  .book-contents h3 { break-after: avoid; }
}
"""
URL = re.compile(r"url\((?!data:|#)['\"]?([^)'\"]+)['\"]?\)")
OWN_ID = re.compile(r"url\(#([^)]+)\)")


def contents(toc):
    """Pairs of a part's title and its pages' names, as ``_toc.yml`` has them; the first part is the start page."""
    toc = yaml.safe_load(toc.read_text(encoding="utf-8"))
    return [("", [toc["root"]])] + [(part["caption"], [page["file"] for page in part["chapters"]]) for part in toc["parts"]]


def in_one(html, parts):
    """The book as one page that needs no other file.

    Parameters
    ----------
    html : Path
        The built site.
    parts : list of (str, list of str)
        Titles of the book's parts, and the names of their pages.

    Returns
    -------
    str
        Each page is an ``article`` with the page's file name for an id, which its own anchors begin with:
        ``#04-forget-gate`` and ``#04-forget-gate.by-hand``.
    """
    names = [name for _, pages in parts for name in pages]
    soups = {name: BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in names}
    articles = {name: _article(soup, name, names, html) for name, soup in soups.items()}
    titles = {name: article.h1.find(string=True) for name, article in articles.items()}

    book = soups[names[0]]
    book.html["data-content_root"] = "./"
    for around in [*book.select(AROUND), *book.find_all("script", string=re.compile("DOCUMENTATION_OPTIONS"))]:
        around.extract()
    place = book.select_one(".bd-article-container")
    place.clear()
    first, *others = articles.values()
    place.extend([first, _nav(parts, titles), *others])

    for name, soup in soups.items():
        for script in soup.select('script[type="application/vnd.jupyter.widget-state+json"]'):
            script.string = _with_files(script.string, posixpath.dirname(name), html)
            book.body.append(script)
    book.head.append(_tag("style", _embedded((html / "_static/site.css").read_text(encoding="utf-8"), html / "_static")))
    book.head.append(_tag("style", _sheets(titles)))
    for script, kind in (("print.js", "text/javascript"), ("figures.js", "module")):
        book.body.append(_tag("script", (html / "_static" / script).read_text(encoding="utf-8"), type=kind))
    return str(book)


def _with_files(states, folder, html):
    """The states of a page's figures, with what `figures` has put into files of their own."""
    figures = json.loads(states)
    for figure in figures["state"].values():
        for trait, file in figure.pop("files", {}).items():
            figure["state"][trait] = json.loads((html / folder / file).read_text(encoding="utf-8"))
    return sanitize_script_content(json.dumps(figures, ensure_ascii=False))


def _nav(parts, titles):
    """The contents. Their page numbers, which paper alone has, are filled in when it is printed."""
    lines = ['<nav class="book-contents" aria-label="Contents"><h2>Contents</h2>']
    for part, pages in parts[1:]:
        lines += [f"<h3>{escape(part)}</h3>", "<ul>"]
        for name in pages:
            slug = posixpath.basename(name)
            lines.append(f'<li><a href="#{slug}">{escape(titles[name])}</a><span data-page-of="{slug}">000</span></li>')
        lines.append("</ul>")
    return BeautifulSoup("".join([*lines, "</nav>"]), "html.parser")


def _sheets(titles):
    """Style of the one page: on paper each chapter starts a sheet, and its title stands above every one."""
    above = "font: 9pt system-ui, sans-serif; color: #5a6271; content:"
    rules = [STYLE]
    for name, title in titles.items():
        slug = posixpath.basename(name)
        sheet = re.sub(r"\W", "-", f"sheet-{slug}")
        rules += [f'[id="{slug}"] {{ page: {sheet}; }}', f"@page {sheet} {{ @top-right {{ {above} {_string(title)}; }} }}"]
    return "\n".join(rules)


def _string(text):
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def _article(soup, name, names, html):
    """A page's article, its ids made the book's, its links made to lead within the book, its files embedded."""
    article = soup.select_one("article.bd-article")
    slug = posixpath.basename(name)
    for element in article.find_all(True):
        for key, value in list(element.attrs.items()):
            if key == "id":
                element[key] = f"{slug}.{value}"
            elif key in REFERRING:
                ids = value if isinstance(value, list) else value.split()
                element[key] = " ".join(f"{slug}.{each}" for each in ids)
            elif isinstance(value, str) and "url(#" in value:
                element[key] = OWN_ID.sub(rf"url(#{slug}.\1)", value)
            elif key in ("href", "xlink:href", "src"):
                element[key] = _address(value, name, names, html)
    article["id"] = slug
    for style in article.find_all("style"):  # a figure's or a plot's: for this article alone
        css = OWN_ID.sub(rf"url(#{slug}.\1)", style.string)
        style.string = f'[id="{slug}"] {{ {css} }}'
    return article


def _address(address, name, names, html):
    """Where a page's link leads to in the book in one file."""
    if urlsplit(address).scheme:
        return address
    path, anchor = urldefrag(address)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else f"{name}.html"
    if target.removesuffix(".html") in names:
        slug = posixpath.basename(target.removesuffix(".html"))
        return f"#{slug}.{anchor}" if anchor else f"#{slug}"
    return _data(html / target)


def _data(path):
    """A file as an address of its own."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _embedded(css, folder):
    return URL.sub(lambda url: f'url("{_data(folder / url[1])}")' if not urlsplit(url[1]).scheme else url[0], css)


def _tag(name, text, **attributes):
    tag = BeautifulSoup("", "html.parser").new_tag(name, attrs=attributes)
    tag.string = text
    return tag


@contextmanager
def chromium():
    """The system's Chromium, without a window.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise FileNotFoundError("Chromium is missing; install it (Debian: apt install chromium) or Google Chrome")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=found, args=flags) as browser:
        yield browser


def to_pdf(browser, page, pdf, paper="A4"):
    """Print the book in one file.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    page : Path
        What ``in_one`` made.
    pdf : Path
    paper : str
        A4, Letter, …
    """
    options = {"path": pdf, "format": paper, "print_background": True, "outline": True, "tagged": True}
    tab = browser.new_page()
    tab.set_default_timeout(300_000)
    tab.goto(page.resolve().as_uri())
    tab.wait_for_function("[...document.querySelectorAll('[data-model]')].every((figure) => 'live' in figure.dataset)")
    tab.evaluate("document.querySelectorAll('a[href^=\"data:\"]').forEach((link) => link.removeAttribute('href'))")
    tab.pdf(**options)  # for the numbers of its pages
    tab.evaluate(
        "(pages) => document.querySelectorAll('[data-page-of]').forEach((e) => e.textContent = pages[e.dataset.pageOf])",
        pages_of(pdf),
    )
    tab.pdf(**options)
    tab.close()


def pages_of(pdf):
    """The page, from 1, on which each anchor of a PDF stands."""
    from pypdf import PdfReader

    reader = PdfReader(pdf)
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1 for name, place in reader.named_destinations.items()
    }


def main(words):
    folder, site = ROOT / "_build", ROOT / "_build/html"
    page, pdf = (folder / f"{NAME}.{kind}" for kind in ("html", "pdf"))
    page.write_text(in_one(site, contents(ROOT / "_toc.yml")), encoding="utf-8")
    print(f"The book as one page is {page.relative_to(ROOT)}")
    try:
        with chromium() as browser:
            to_pdf(browser, page, pdf, *words)
    except FileNotFoundError as missing:
        sys.exit(f"No PDF: {missing}")
    print(f"The book as a PDF is {pdf.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
