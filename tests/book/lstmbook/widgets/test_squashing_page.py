"""The squashing functions on the published page, in a real browser that reaches nothing but this machine."""

import functools

import numpy as np
import pytest

from autograder import reference

WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def visit(open_figure):
    return functools.partial(open_figure, chapter="03-two-operations", kind="squashing")


def shown(figure, block):
    return float(figure.locator(f'[data-block="{block}"] .number').inner_text().replace("−", "-"))


def assert_like_reference(figure):
    z = shown(figure, "z")
    sigma, tanh = reference.sigmoid(z), np.tanh(z)
    expected = {"sigmoid": sigma, "sigmoid_slope": sigma * (1 - sigma), "tanh": tanh, "tanh_slope": 1 - tanh**2}
    for block, value in expected.items():
        assert abs(shown(figure, block) - value) <= 5.1e-5, block
    assert float(figure.locator("input").input_value()) == z


def test_the_mouse_moves_z_on_the_slider_and_on_the_curves(page, visit):
    figure = visit(page)
    assert shown(figure, "z") == 2
    assert_like_reference(figure)
    figure.scroll_into_view_if_needed()
    for part, share, low, high in [("input", 0.25, -3.3, -2.7), ("svg", 0.75, 2.8, 3.8), ("svg", 0, -6, -6)]:
        box = figure.locator(part).bounding_box()
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        page.mouse.move(box["x"] + share * box["width"], y, steps=6)
        page.mouse.up()
        assert low <= shown(figure, "z") <= high
        assert_like_reference(figure)
    page.mouse.move(box["x"] + box["width"] / 2, y)  # without a button nothing moves
    assert shown(figure, "z") == -6


def test_the_point_stands_above_the_sliders_thumb(page, visit):
    figure = visit(page)
    for label in ("the middle", "saturated", "the other end"):
        figure.get_by_role("button", name=label).click()
        dot = figure.locator("circle").first.bounding_box()
        slider = figure.locator("input")
        box, thumb = slider.bounding_box(), 1.2 * slider.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        at = box["x"] + thumb / 2 + (shown(figure, "z") + 6) / 12 * (box["width"] - thumb)
        assert abs(dot["x"] + dot["width"] / 2 - at) < 1
        assert_like_reference(figure)


def test_the_keyboard_moves_it_and_it_speaks(page, visit):
    figure = visit(page)
    slider = page.get_by_role("slider", name="z")
    slider.focus()
    for key, expected in {"ArrowRight": 2.05, "End": 6, "Home": -6}.items():
        page.keyboard.press(key)
        assert shown(figure, "z") == expected
        assert_like_reference(figure)
    figure.locator(".spoken", has_text="sigmoid is 0.0025, its slope 0.0025; tanh is −1").wait_for(state="attached")
    assert slider.get_attribute("aria-valuetext").startswith("−6: sigmoid is 0.0025")


def test_buttons_say_what_there_is_to_see(page, visit):
    figure = visit(page)
    assert figure.locator("button[aria-pressed=true]").all_text_contents() == ["half way out"]
    figure.get_by_role("button", name="saturated").click()
    assert shown(figure, "z") == 5 and "nearly flat" in figure.locator(".remark").inner_text()


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (390, "light")])
def test_a_phone_can_hold_it(new_page, visit, assert_within, width, theme):
    page = new_page(viewport={"width": width, "height": 640}, color_scheme=theme, has_touch=True, is_mobile=True)
    figure = visit(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_within(width, figure.locator("svg, input, button, p, figcaption"))
    sizes = figure.locator("svg text").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(sizes) > 8
    assert figure.locator("input").bounding_box()["height"] >= 24
    box = figure.locator("svg").bounding_box()
    figure.locator("svg").scroll_into_view_if_needed()
    box = figure.locator("svg").bounding_box()
    page.touchscreen.tap(box["x"] + 0.2 * box["width"], box["y"] + 40)
    assert shown(figure, "z") < -3
    assert_like_reference(figure)


def test_without_scripts_the_picture_stands_still(new_page, visit):
    figure = visit(new_page(viewport=WIDE, java_script_enabled=False), live=False)
    assert_like_reference(figure)
    assert figure.locator("svg").is_visible() and figure.locator("button:visible").count() == 0
