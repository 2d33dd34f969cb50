"""Links in the text that drive a figure: each, in every page, does what it says."""

import json
import re

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
            figure.scroll_into_view_if_needed()  # some come alive only then
            figure.and_(page.locator("[data-live]")).wait_for()
            link.press("Enter")  # not with the mouse, which may come to lie on the figure
            for key, value in json.loads(link.get_attribute("data-figure-set")).items():
                if key == "step":  # more than there are means the last
                    value = min(value, int(figure.locator('input[data-key="step"]').get_attribute("max")))
                if key not in ("W", "b"):  # test_gate_page looks at what comes of them
                    assert shown(figure, key) == value, f"{path}: {link.inner_text()}"


def shown(figure, key):
    """What a figure's sliders, its text or its pressed button say that a trait is; else its numbers."""
    if key == "holds":
        return [button.get_attribute("data-loose") for button in figure.locator("[data-loose]").all()]
    if key == "opened":
        return figure.locator("[aria-expanded]").get_attribute("aria-expanded") == "true"
    inputs = [box.input_value() for box in figure.locator(f'input[data-key="{key}"]').all()]
    buttons = figure.locator(f"[data-{key}][aria-pressed=true]").all()
    pressed = [button.get_attribute(f"data-{key}") for button in buttons]
    numbers = figure.locator(f'[data-block="{key}"] .number').all_text_contents()
    texts = inputs or pressed or [number.strip().replace("−", "-") for number in numbers]
    values = [text if key in ("sentence", "text", "part") else float(text) for text in texts]
    return values[0] if len(values) == 1 else values
