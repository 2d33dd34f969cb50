"""Links in the text that drive a figure: each, in every page, does what it says."""

import json
import re

import numpy as np
import pytest

LINK = re.compile(r"data-figure-set='([^']*)'")


@pytest.fixture(scope="session")
def pages(built):
    """Pages with links that drive a figure, by their path."""
    html = built / "html"
    return [path.relative_to(html).as_posix() for path in sorted(html.rglob("*.html")) if LINK.search(path.read_text())]


def test_every_link_sets_the_figure_that_it_names(pages, site, page):
    assert pages, "no page has such a link"
    for path in pages:
        page.goto(f"{site}/{path}")
        for link in page.locator("a[data-figure-set]").all():
            place = link.get_attribute("href")
            figure = page.locator(f"{place} [data-model], {place} ~ * [data-model]").first
            figure.and_(page.locator("[data-live]")).wait_for()
            link.click()
            for key, values in json.loads(link.get_attribute("data-figure-set")).items():
                texts = figure.locator(f'[data-block="{key}"] .number').all_text_contents()
                got = [float(text.strip().replace("−", "-")) for text in texts]
                np.testing.assert_array_equal(got, np.atleast_1d(values), err_msg=f"{path}: {link.inner_text()}")
