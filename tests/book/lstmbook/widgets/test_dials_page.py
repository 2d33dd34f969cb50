"""The figures that are set by sliders, on the published pages, in a real browser that reaches nothing but this machine."""

import numpy as np
import pytest

from autograder import reference

FIGURES = {  # a figure's place, and its sliders with the values that it starts from
    "road": ("12-gradients-road", {"f": 0.731, "w": 1, "T": 30}),
    "forget-bias": ("13-in-practice", {"b_f": 1, "lag": 30}),
    "clipping": ("13-in-practice", {"g_W": 3, "g_b": 4, "max_norm": 2.5}),
}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def visit(open_figure):
    return lambda page, name, **how: open_figure(page, FIGURES[name][0], name, **how)


def numbers(figure, selector):
    texts = figure.locator(f"{selector} .number").all_inner_texts()
    return [text.strip().replace("−", "-") for text in texts]


def results(figure):
    return numbers(figure, ".sums")


@pytest.mark.parametrize("name", FIGURES)
def test_the_keyboard_moves_every_slider_and_it_speaks(page, visit, name):
    figure = visit(page, name)
    for key, value in FIGURES[name][1].items():
        slider = figure.locator(f'input[data-key="{key}"]')
        assert slider.get_attribute("aria-label") and float(numbers(figure, f'[data-block="{key}"]')[0]) == value
        slider.press("ArrowLeft")
        shown = float(numbers(figure, f'[data-block="{key}"]')[0])
        assert 0 < value - shown <= 1 and float(slider.input_value()) == shown
        before = figure.locator("svg").first.inner_html()
        slider.press("Home")
        assert figure.locator("svg").first.inner_html() != before and slider.input_value() == slider.get_attribute("min")
        assert slider.get_attribute("aria-valuetext")
    figure.locator(".spoken", has_text="is").wait_for(state="attached")
    figure.get_by_role("button").first.click()
    assert figure.locator("button[aria-pressed=true]").count() == 1 and figure.locator(".remark").inner_text()


def test_the_road_shows_what_is_left(page, visit):
    figure = visit(page, "road")
    assert results(figure) == ["2.2 steps", "8.3·10⁻⁵", "0.021", "1"]
    figure.get_by_role("button", name="nearly open").click()
    assert results(figure)[:2] == ["69 steps", "0.37"]
    end = figure.locator(".of-memory .curve").get_attribute("d").split("L")[-1].split()
    start = figure.locator(".of-memory .curve").get_attribute("d")[1:].split("L")[0].split()
    assert float(end[0]) > float(start[0]) + 300 and 0 < float(end[1]) - float(start[1]) < 10


def test_a_bias_sets_the_gate(page, visit):
    figure = visit(page, "forget-bias")
    for bias in ("bias 0", "bias 2", "bias 5"):
        figure.get_by_role("button", name=bias).click()
        f = reference.sigmoid(float(bias[-1]))
        gate, half_life, left, _ = results(figure)
        assert float(gate) == round(float(f), 3)
        assert float(half_life.split()[0]) == pytest.approx(np.log(0.5) / np.log(f), rel=0.05)
        assert float(left.split()[0].replace("·10⁻⁸", "e-8")) == pytest.approx(100 * f**30, rel=0.06)


def test_the_tip_of_a_gradient_can_be_dragged(page, visit):
    figure = visit(page, "clipping")
    figure.scroll_into_view_if_needed()
    assert results(figure) == ["5", "[1.5, 2]", "[2.5, 2.5]"]
    svg, hand = figure.locator("svg").bounding_box(), figure.locator(".hand").bounding_box()
    page.mouse.move(hand["x"] + hand["width"] / 2, hand["y"] + hand["height"] / 2)
    page.mouse.down()
    page.mouse.move(svg["x"] + svg["width"] / 2, svg["y"] + svg["height"] * 0.75, steps=6)
    page.mouse.up()
    g_W, g_b = (float(numbers(figure, f'[data-block="{key}"]')[0]) for key in ("g_W", "g_b"))
    assert abs(g_W) <= 0.1 and -3 < g_b < -2
    clipped, norm = reference.clip_gradients({"W": np.array([g_W]), "b": np.array([g_b])}, 2.5)
    expected = [f"{float(clipped[key][0]):.2f}" for key in "Wb"]
    assert [float(part) for part in results(figure)[1].strip("[]").split(",")] == [float(part) for part in expected]
    assert float(results(figure)[0]) == pytest.approx(norm, rel=5e-3)
    page.mouse.move(svg["x"] + 5, svg["y"] + 5)  # without a button nothing moves
    assert float(numbers(figure, '[data-block="g_b"]')[0]) == g_b


@pytest.mark.parametrize("name", FIGURES)
def test_a_phone_can_hold_it(new_page, visit, assert_within, name):
    page = new_page(viewport={"width": 320, "height": 640}, color_scheme="dark", has_touch=True, is_mobile=True)
    figure = visit(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_within(320, figure.locator(".stage > svg, input, button, p, figcaption, .dial"))
    sizes = figure.locator("svg text").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(sizes) > 8
    slider = figure.locator("input").last
    slider.scroll_into_view_if_needed()
    box, before = slider.bounding_box(), slider.input_value()
    assert box["height"] >= 24
    page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    assert float(slider.input_value()) > float(before)


@pytest.mark.parametrize("name", FIGURES)
def test_without_scripts_the_picture_stands_still(new_page, visit, name):
    still = visit(new_page(viewport=WIDE, java_script_enabled=False), name, live=False)
    assert still.locator("svg").first.is_visible() and still.locator("button:visible").count() == 0
