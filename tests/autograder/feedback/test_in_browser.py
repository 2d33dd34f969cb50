"""Feedback pages in a real Chromium: narrow and wide, light and dark, by keyboard and by ear."""

import pytest

from autograder.feedback import page as render
from tests.autograder.feedback.examples import BPTT, EXAMPLES, GATES, gradients, mixed

BODY = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def pages():
    return {name: render(*example) for name, example in EXAMPLES.items()}


@pytest.mark.parametrize("width", [320, 375, 1100])
def test_no_page_is_wider_than_the_screen(new_page, pages, width):
    page = new_page(viewport={"width": width, "height": 800})
    for name, html in pages.items():
        page.set_content(html)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_hostile_text_does_nothing(new_page, pages):
    page = new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"the page opened a dialog: {dialog.message}"))
    page.set_content(pages["hostile"])
    assert page.evaluate("document.querySelectorAll('script, img, b[onclick], [onerror], [onmouseover]').length") == 0


def test_dark_where_the_reader_wants_it_and_light_on_paper(new_page, pages):
    page = new_page(color_scheme="dark")
    page.set_content(pages["mixed"])
    assert page.evaluate(BODY) == "rgb(21, 23, 26)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(BODY) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(35, 38, 43)"
    page.emulate_media(media="screen", color_scheme="light")
    assert page.evaluate(BODY) == "rgb(247, 246, 243)"


@pytest.mark.parametrize("width", [320, 1100])
def test_tables_are_read_out_as_tables(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.set_content(render(gradients(), BPTT))
    overview = page.locator("table.overview").aria_snapshot()
    assert 'columnheader "Points"' in overview and 'rowheader "lstm_cell_backward"' in overview
    assert 'row "lstm_cell_backward Partly right' in overview
    grid = page.locator("table.grid").first.aria_snapshot()
    assert 'columnheader "a batch"' in grid and f"row \"grads['W_f'] right{7 * ' not right'}\"" in grid


def test_everything_is_reached_by_keyboard(new_page):
    page = new_page()
    page.set_content(render(mixed(), GATES))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "sigmoid"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("details.cell summary").last.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.cell").last.locator("pre").first.is_visible()
