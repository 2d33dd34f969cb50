"""The cell figure on the published page, in a real browser that reaches nothing but this machine."""

import functools

import numpy as np
import pytest

from autograder import reference
from lstmbook import numbers

INPUTS = ("c_prev", "f", "i", "c_tilde", "o")
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def visit(open_figure):
    return functools.partial(open_figure, chapter="08-whole-cell", kind="cell")


def slider(figure, key, unit):
    return figure.locator(f'input[data-key="{key}"]').nth(unit)


def shown(figure, block):
    """Numbers that a block of the figure shows, one per unit."""
    texts = figure.locator(f'[data-block="{block}"] .number').all_text_contents()
    return np.array([float(text.strip().replace("−", "-")) for text in texts])


def assert_like_reference(figure):
    c_prev, f, i, c_tilde, o = (shown(figure, key) for key in INPUTS)
    c = reference.update_cell(c_prev, f, i, c_tilde)
    np.testing.assert_allclose(shown(figure, "c"), c, rtol=0, atol=5.1e-5)
    np.testing.assert_allclose(shown(figure, "h"), reference.hidden_state(o, c), rtol=0, atol=5.1e-5)


def drag(page, slider, share):
    """Drag a slider's thumb, from where it is, to a share of its width."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    low, high, value = (float(slider.get_attribute(name)) for name in ("min", "max", "value"))
    thumb = 1.2 * float(slider.evaluate("slider => parseFloat(getComputedStyle(slider).fontSize)"))
    y = box["y"] + box["height"] / 2
    x = [box["x"] + thumb / 2 + part * (box["width"] - thumb) for part in ((value - low) / (high - low), share)]
    page.mouse.move(x[0], y)
    page.mouse.down()
    page.mouse.move(x[1], y, steps=8)
    page.mouse.up()


def test_it_shows_the_documents_numbers(page, visit):
    figure = visit(page)
    for key in INPUTS:
        np.testing.assert_array_equal(shown(figure, key), getattr(numbers, key.upper()))
    np.testing.assert_allclose(shown(figure, "kept"), numbers.KEPT)
    np.testing.assert_allclose(shown(figure, "added"), numbers.ADDED)
    np.testing.assert_allclose(shown(figure, "c"), numbers.C)
    np.testing.assert_allclose(shown(figure, "h"), numbers.H)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_mouse_drags_every_kind_of_input(new_page, visit, theme):
    page = new_page(viewport=WIDE, color_scheme=theme)
    figure = visit(page)
    assert page.locator("html").get_attribute("data-theme") == theme
    for unit, (key, share) in enumerate({"c_prev": 0.1, "f": 0.8, "i": 0.3, "c_tilde": 0.2, "o": 0.6}.items()):
        before = shown(figure, key)
        drag(page, slider(figure, key, unit % 3), share)
        after = shown(figure, key)
        assert np.flatnonzero(before != after).tolist() == [unit % 3], "one slider moves one unit"
        assert float(slider(figure, key, unit % 3).input_value()) == after[unit % 3]
        assert_like_reference(figure)


def test_the_keyboard_moves_a_slider_and_reaches_the_next(page, visit):
    figure = visit(page)
    first = slider(figure, "f", 0)
    first.focus()
    for key, expected in {"ArrowRight": 0.51, "ArrowDown": 0.5, "End": 1, "Home": 0}.items():
        page.keyboard.press(key)
        assert shown(figure, "f")[0] == expected
        assert_like_reference(figure)
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    np.testing.assert_array_equal(shown(figure, "f"), [0, 1, numbers.F[2]])
    assert_like_reference(figure)


def test_buttons_set_values_and_say_what_there_is_to_see(page, visit):
    figure = visit(page)
    pressed = figure.locator("button[aria-pressed=true]")
    assert pressed.all_text_contents() == ["documents’ numbers"]
    assert f"{numbers.H_PRINTED[2]:g}" in figure.locator(".remark").inner_text()
    figure.get_by_role("button", name="shut the forget gate").click()
    np.testing.assert_array_equal(shown(figure, "c"), numbers.ADDED)
    assert "nothing of the old cell state" in figure.locator(".remark").inner_text()
    drag(page, slider(figure, "f", 1), 0.5)
    assert pressed.count() == 0
    figure.get_by_role("button", name="documents’ numbers").click()
    np.testing.assert_allclose(shown(figure, "c"), numbers.C)


def test_it_speaks(page, visit):
    figure = visit(page)
    slider(figure, "o", 1).focus()
    page.keyboard.press("End")
    figure.locator(".spoken", has_text="h is 0.9926, 0.9945, 0.4975").wait_for(state="attached")
    assert page.get_by_role("figure").get_by_role("group", name="output gate").count() == 1
    assert page.get_by_role("slider", name="output gate, unit 2").first.input_value() == "1"
    assert page.get_by_role("img", name="hidden state: 0.9926, 0.9945, 0.4975").count() == 1


def test_a_link_in_the_text_sets_the_figure(page, visit):
    figure = visit(page)
    figure.evaluate(
        """figure => figure.closest("section").insertAdjacentHTML("afterbegin",
        `<p id="before"><a href="#before" data-figure-set='{"f": [0, 0, 0], "o": [1, 1, 1]}'>set it</a></p>`)"""
    )
    page.get_by_role("link", name="set it").click()
    np.testing.assert_array_equal(shown(figure, "f"), [0, 0, 0])
    np.testing.assert_array_equal(shown(figure, "c"), numbers.ADDED)
    assert_like_reference(figure)


@pytest.mark.parametrize(
    ("href", "values", "message"),
    [("#nowhere", '{"f": [0, 0, 0]}', "#nowhere, but the page has none"), ("#here", '{"g": 1}', "no trait g; it has")],
)
def test_a_link_that_cannot_work_is_an_error_that_says_why(page, visit, errors, href, values, message):
    figure = visit(page)
    link = f"<p id='here'><a href='{href}' data-figure-set='{values}'>set it</a></p>"
    figure.evaluate("(figure, link) => figure.closest('section').insertAdjacentHTML('afterbegin', link)", link)
    with page.expect_event("pageerror"):
        page.get_by_role("link", name="set it").click()
    assert message in errors.pop()


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (390, "light")])
def test_a_phone_can_hold_it(new_page, visit, assert_within, width, theme):
    page = new_page(viewport={"width": width, "height": 640}, color_scheme=theme, has_touch=True, is_mobile=True)
    figure = visit(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_within(width, figure.locator(".block, button, p, figcaption"))
    assert figure.locator("svg:visible").count() == 1
    last = slider(figure, "o", 2)
    assert last.bounding_box()["height"] >= 24
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    assert shown(figure, "o")[2] > 0.8
    assert_like_reference(figure)


def test_without_scripts_the_picture_stands_still(new_page, visit):
    page = new_page(viewport=WIDE, java_script_enabled=False)
    figure = visit(page, live=False)
    np.testing.assert_allclose(shown(figure, "h"), numbers.H)
    assert figure.locator("svg:visible").count() == 1
    assert figure.locator("button:visible").count() == 0
