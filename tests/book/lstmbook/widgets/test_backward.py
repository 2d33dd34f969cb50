"""The figure of the way back: its traits, and on the published pages its slopes against the reference."""

import numpy as np
import pytest
import traitlets

from autograder import reference
from lstmbook import numbers, sentence
from lstmbook.widgets import BackwardFigure

WIDE = {"width": 1280, "height": 900}
BLOCKS = {"old cell state": "c_prev", "forget gate": "f", "hidden state": "h"}


def test_it_starts_from_the_worked_step():
    figure = BackwardFigure()
    assert repr(figure) == "BackwardFigure(at=0, unit=1, forget_bias=1, loss_at=1)"
    np.testing.assert_allclose(figure.dh, np.subtract(numbers.H, numbers.WANTED), rtol=0, atol=5e-5)
    mime_types, _ = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in mime_types


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"at": 7}, "at must be at most 6; got 7"),
        ({"at": -1}, "at"),
        ({"unit": 4}, "unit must be at most 3"),
        ({"loss_at": 2}, "loss_at must be at most 1"),
        ({"forget_bias": 9.0}, "forget_bias"),
        ({"dh": [1.0, 2.0]}, r"dh has the shape \(2,\); expected \(3,\)"),
        ({"words": ["one", "two"]}, r"words has the shape \(2,\); expected \(1,\)"),
    ],
)
def test_what_does_not_fit_is_refused(change, message):
    figure = BackwardFigure()
    [(name, value)] = change.items()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(figure, name, value)
    with pytest.raises(traitlets.TraitError, match=message):
        BackwardFigure(**change)


def test_parameters_of_another_shape_are_refused():
    with pytest.raises(traitlets.TraitError, match=r"params has the shapes .* they must be"):
        BackwardFigure(xs=[[1.0, 2.0, 3.0]])


@pytest.fixture
def visit(open_figure):
    return lambda page, chapter="10-back-through-one-cell", **how: open_figure(page, chapter, "backward", **how)


def number(text):
    return float(text.strip().replace("−", "-"))


def slopes(figure, name):
    """What a block says to those who listen: its slopes, behind the curve's where it has any."""
    said = figure.get_by_role("img", name=f"{name}: slopes").get_attribute("aria-label")
    return [number(text) for text in said.split("slopes ")[1].split(";")[0].split(", before")[0].split(",")]


def assert_near(got, expected):
    """Equal but for the figure's rounding: three digits of small numbers, five decimals."""
    np.testing.assert_allclose(got, expected, rtol=5.1e-3, atol=5.1e-6)


def worked_step(forget_bias=1.0):
    params = {name: np.array(values) for name, values in numbers.PARAMS.items()}
    params["b_f"] = np.full(3, float(forget_bias))
    x, h_prev, c_prev = (np.array(values) for values in (numbers.X, numbers.H_PREV, numbers.C_PREV))
    _, _, cache = reference.lstm_cell_forward(x, h_prev, c_prev, params)
    dh = np.multiply(numbers.O, np.tanh(numbers.C)) - numbers.WANTED
    return reference.lstm_cell_backward(dh, np.array(numbers.DC_NEXT), cache, params)


def test_button_by_button_the_worked_step_is_the_references(page, visit):
    figure = visit(page)
    forward, back = figure.get_by_role("button", name="forward"), figure.get_by_role("button", name="back")
    assert forward.get_attribute("aria-disabled") == "true" and figure.locator(".unit .number", has_text="?").count() == 3
    for move in range(6):
        assert figure.get_by_text(f"move {move} of 6").is_visible()
        back.click()
    assert back.get_attribute("aria-disabled") == "true" and figure.locator(".unit .number", has_text="?").count() == 0
    dx, dh_prev, dc_prev, grads = worked_step()
    assert_near(slopes(figure, "old cell state"), dc_prev)
    for row, expected in zip(figure.locator(".handed .number").all(), (dh_prev, dx, grads["b_f"])):
        assert_near([number(text) for text in row.inner_text().split(",")], expected)
    forward.click()
    assert figure.locator(".handed .number").all_inner_texts() == ["…"] * 3


def test_the_keyboard_walks_and_turns_the_gate(page, visit):
    figure = visit(page)
    walk = figure.locator('input[data-key="at"]')
    walk.focus()
    for key, at in {"ArrowLeft": 1, "ArrowRight": 0, "End": 6}.items():  # back in time is to the left
        page.keyboard.press(key)
        assert walk.input_value() == str(at), key
    page.keyboard.press("Tab")
    figure.locator('input[data-key="forget_bias"]').focus()
    page.keyboard.press("End")
    assert_near(slopes(figure, "old cell state"), worked_step(forget_bias=8)[2])


def test_what_happens_is_said(page, visit):
    figure = visit(page)
    figure.get_by_role("button", name="back").click()
    live = figure.locator("[aria-live=polite]")
    assert "What the loss says" in live.first.inner_text() and "dh = loss + dh_next" in live.last.inner_text()
    assert figure.locator("input").evaluate_all("all => all.every((input) => input.labels[0].innerText.trim())")


def test_the_sentence_is_the_references_from_any_step(page, visit):
    figure = visit(page, "11-back-through-time")
    params = {name: np.array(values) for name, values in sentence.PARAMS.items()}
    xs = np.array(sentence.features(sentence.SENTENCE))
    hs, _, caches = reference.lstm_forward(xs, np.zeros(3), np.zeros(3), params)
    dhs = np.zeros_like(hs)
    dhs[-1, 2] = 1
    dh = dc = np.zeros(3)
    for t in (3, 2, 1, 0):
        _, dh, dc, _ = reference.lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        figure.locator(".strip button").nth(t).click()
        assert_near(slopes(figure, "old cell state"), dc)
        assert_near([number(text) for text in figure.locator(".handed .number").first.inner_text().split(",")], dh)
        handed = figure.locator(".strip button").nth(t).locator(".wire .number").all_inner_texts()
        assert_near([number(text) for text in handed], [dc[2], dh[2]])
    figure.locator('.unit[data-unit="2"]').first.hover()
    handed = figure.locator(".strip button").first.locator(".wire .number").all_inner_texts()
    assert_near([number(text) for text in handed], [dc[1], dh[1]])


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("chapter", ["10-back-through-one-cell", "11-back-through-time"])
def test_a_phone_can_hold_it(new_page, visit, assert_within, width, chapter):
    page = new_page(viewport={"width": width, "height": 640}, color_scheme="dark", has_touch=True, is_mobile=True)
    figure = visit(page, chapter)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    figure.get_by_role("button", name="back").tap()
    assert figure.get_by_text("move 1 of 6").is_visible()
    assert_within(width, figure.locator(".block, button, input, p, figcaption"))
    sizes = figure.locator(".unit .number").evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) > 8


def test_without_scripts_the_picture_stands_still(new_page, visit):
    figure = visit(new_page(viewport=WIDE, java_script_enabled=False), live=False)
    assert figure.locator("svg").is_visible() and figure.locator("button:visible").count() == 0
    assert figure.get_by_role("img", name="new cell state").count() == 1
