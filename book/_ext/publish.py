"""The site as it is published: the built pages, and the whole book in one file, which the start page offers. ``make site``."""

import shutil

from offline import NAME, ROOT

PLACE = "<!-- the whole book in one file -->"  # in the start page, which says nothing of it where there is none
OFFER = """<p>To read without a network, or on paper, take the whole book with you: <a href="../{page.name}" download>in one
file</a> ({page_mb} MB), which opens in any browser with its figures alive, or <a href="../{pdf.name}">as a PDF</a>
({pdf_mb} MB).</p>"""


def publish(html, page, pdf, site):
    """Make a folder that can be served as it is.

    Parameters
    ----------
    html : Path
        The built pages.
    page, pdf : Path
        The book in one file, as ``offline`` made it of them.
    site : Path
        The folder; what was there is replaced.
    """
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(html, site)
    for edition in (page, pdf):
        shutil.copy(edition, site)
    start = site / "book/index.html"
    before, after = start.read_text(encoding="utf-8").split(PLACE)
    page_mb, pdf_mb = (max(1, round(edition.stat().st_size / 1e6)) for edition in (page, pdf))
    start.write_text(before + OFFER.format(page=page, page_mb=page_mb, pdf=pdf, pdf_mb=pdf_mb) + after, encoding="utf-8")


if __name__ == "__main__":
    built = ROOT / "_build"
    publish(built / "html", *(built / f"{NAME}.{kind}" for kind in ("html", "pdf")), built / "site")
    print("The site to publish is _build/site")
