"""One gate on the published pages, in a real browser that reaches nothing but this machine."""

import json

import numpy as np
import pytest

from autograder import reference
from lstmbook.widgets import GateFigure

WIDE = {"width": 1280, "height": 900}
CHAPTERS = {"forget": "04-forget-gate", "input": "05-input-gate", "output": "07-output-gate"}
RESULTS = {"forget": ("f", "c_prev", "kept"), "input": ("i", "c_tilde", "added"), "output": ("o", "tanh_c", "h")}


@pytest.fixture
def visit(open_figure):
    return lambda page, gate="forget", **how: open_figure(page, CHAPTERS[gate], "gate", **how)


def numbers(figure, block):
    texts = figure.locator(f'[data-block="{block}"] .number').all_text_contents()
    return np.array([float(text.replace("−", "-")) for text in texts])


def assert_like_reference(figure, gate="forget", **changed):
    state = {name: value for name, value in GateFigure(gate).get_state().items()} | changed
    h_prev, x, W, b = (np.array(state[name], dtype=float) for name in ("h_prev", "x", "W", "b"))
    expected = reference.forget_gate(h_prev, x, W, b)  # all gates are made alike
    name, of, result = RESULTS[gate]
    near = {"rtol": 0, "atol": 5.1e-5}
    np.testing.assert_allclose(numbers(figure, "z"), W @ np.concatenate([h_prev, x]) + b, **near)
    np.testing.assert_allclose(numbers(figure, name), expected, **near)
    np.testing.assert_allclose(numbers(figure, of), state["filtered"], **near)
    np.testing.assert_allclose(numbers(figure, result), expected * state["filtered"], **near)


@pytest.mark.parametrize("gate", CHAPTERS)
def test_it_starts_from_the_documents_numbers_and_every_button_and_link_does_what_it_says(page, visit, gate):
    figure = visit(page, gate)
    assert_like_reference(figure, gate)
    changed = {}
    presets = json.loads(page.locator("script[type*=widget-state]").text_content())["state"]
    presets = next(widget["state"]["presets"] for widget in presets.values() if "filtered" in widget["state"])
    for preset in presets:
        figure.get_by_role("button", name=preset["label"]).click()
        changed |= preset["set"]
        assert_like_reference(figure, gate, **changed)
        assert figure.locator(".remark").inner_text() == preset["note"]
    for link in page.locator('a[data-figure-set][href="#look-at-it"]').all():
        link.click()
        changed |= json.loads(link.get_attribute("data-figure-set"))
        assert_like_reference(figure, gate, **changed)


def test_every_slider_moves_by_keyboard_and_the_figure_says_what_came_of_it(page, visit):
    figure = visit(page)
    figure.get_by_role("button", name="unit 2").click()
    figure.get_by_label("bias of unit 2").press("ArrowRight")
    figure.get_by_label("old cell state, unit 2").press("Home")
    figure.locator('[data-key="x"]').nth(0).press("Home")
    figure.locator('[data-key="h_prev"]').nth(2).press("End")
    assert_like_reference(figure, b=[1, 1.5, 1], filtered=[4, -8, 6], x=[-2, -1], h_prev=[1, 0, 1])
    figure.locator(".spoken", has_text="z is 2, 2.5, 2; forget gate 0.8808, 0.9241, 0.8808").wait_for(state="attached")


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (390, "light")])
def test_a_phone_can_hold_it(new_page, visit, assert_within, width, theme):
    page = new_page(viewport={"width": width, "height": 640}, color_scheme=theme, has_touch=True, is_mobile=True)
    figure = visit(page, "output")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_within(width, figure.locator("svg, td, th, input, button, p"))
    assert min(figure.locator("svg text").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")) > 8
    figure.locator("tbody tr").nth(2).tap()
    assert figure.locator("[aria-pressed=true][data-unit]").inner_text() == "unit 3"
    assert figure.get_by_role("slider").first.bounding_box()["height"] >= 24


def test_without_scripts_the_picture_stands_still(new_page, visit):
    figure = visit(new_page(viewport=WIDE, java_script_enabled=False), live=False)
    assert_like_reference(figure)
    assert figure.locator("svg").is_visible() and figure.locator("input:visible").count() == 0
