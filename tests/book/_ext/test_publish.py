"""The site as it is published, with the whole book to download."""

import re
from pathlib import Path

import publish

ROOT = Path(__file__).parents[3]


def links(site):
    """Where the start page's own links to the site's root lead, as files."""
    start = site / "book/index.html"
    return [start.parent / link for link in re.findall(r'href="(\.\./lstm-course[^"]*)"', start.read_text(encoding="utf-8"))]


def test_the_start_page_offers_the_whole_book_where_it_is_to_be_had_and_only_there(built, tmp_path):
    editions = [tmp_path / "lstm-course.html", tmp_path / "lstm-course.pdf"]
    for edition, size in zip(editions, (15_240_578, 9_236_844), strict=True):
        edition.write_bytes(size * b" ")
    site = tmp_path / "site"
    (site / "of-last-time").mkdir(parents=True)
    publish.publish(built / "html", *editions, site)

    assert len(links(site)) == 2 and all(link.is_file() for link in links(site)) and links(built / "html") == []
    start = (site / "book/index.html").read_text(encoding="utf-8")
    assert "(15 MB)" in start and "(9 MB)" in start and publish.PLACE not in start
    assert (site / "_static/site.css").is_file() and not (site / "of-last-time").exists()


def test_the_workflow_publishes_it():
    workflow = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert "make site" in workflow and "path: _build/site" in workflow
