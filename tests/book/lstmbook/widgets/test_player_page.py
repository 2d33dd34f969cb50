"""The sequence player on the published page, in a real browser that reaches nothing but this machine."""

import functools
import re

import numpy as np
import pytest

from autograder import reference
from lstmbook import sentence

WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def visit(open_figure):
    return functools.partial(open_figure, chapter="09-through-time", kind="player")


def steps(text, forget_bias=sentence.FORGET_BIAS, input_bias=sentence.INPUT_BIAS):
    params = {name: np.array(values) for name, values in sentence.PARAMS.items()}
    params |= {"b_f": np.full(3, forget_bias), "b_i": np.full(3, input_bias)}
    hs, cs, caches = reference.lstm_forward(np.array(sentence.features(text)), np.zeros(3), np.zeros(3), params)
    layers = {name: np.array([cache[name] for cache in caches]) for name in ("f", "i", "c_tilde", "o")}
    return layers | {"c": cs, "h": hs}


def numbers(figure, block):
    texts = figure.locator(f'[data-block="{block}"] td.number').all_text_contents()
    return [float(text.replace("−", "-")) for text in texts if text]


def assert_like_reference(figure, t, *reading):
    for name, values in steps(*reading).items():
        np.testing.assert_allclose(numbers(figure, name), values[t], rtol=0, atol=0.0051, err_msg=name)


def word(figure):
    return figure.locator("thead .now").inner_text()


def test_it_reads_the_documents_sentence_step_by_step(page, visit):
    figure = visit(page)
    assert word(figure) == "coffee"
    assert_like_reference(figure, 3, sentence.SENTENCE)
    back, on = (page.get_by_role("button", name=f"one word {way}") for way in ("back", "on"))
    for t in (2, 1, 0, 0):
        back.click()
        assert_like_reference(figure, t, sentence.SENTENCE)
        assert figure.locator('[data-block="c"] td i').count() == 3 * (t + 1)  # what is to come is blank
    on.click()
    assert word(figure) == "likes"
    assert_like_reference(figure, 1, sentence.SENTENCE)


def test_it_plays_from_the_first_word_to_the_last_and_stops(page, visit):
    page.clock.install()
    figure = visit(page)
    page.get_by_role("button", name="play").click()
    for expected in ("John", "likes", "black", "coffee", "coffee"):
        assert word(figure) == expected
        page.clock.run_for(1200)
    assert page.get_by_role("button", name="play").inner_text() == "Play"
    page.get_by_role("button", name="play").click()
    page.clock.run_for(1300)
    page.get_by_role("button", name="pause").click()
    page.clock.run_for(5000)
    assert word(figure) == "likes"


def test_the_keyboard_scrubs_and_plays_and_each_step_is_said_once(page, visit):
    page.clock.install()
    figure = visit(page)
    slider = page.get_by_role("slider", name="word")
    slider.focus()
    for key, expected in {"Home": "John", "ArrowRight": "likes", "End": "coffee", "ArrowLeft": "black"}.items():
        page.keyboard.press(key)
        assert word(figure) == expected
    page.clock.run_for(700)
    spoken = figure.locator(".spoken[aria-live]")
    assert spoken.inner_text().startswith("Step 3 of 4, black: c is 0.89, 0.90, 0.96; h is 0.70, 0.70, 0.01")
    assert slider.get_attribute("aria-valuetext") == "3 of 4, black"
    page.keyboard.press(" ")
    page.clock.run_for(1300)
    assert word(figure) == "coffee"
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    page.clock.run_for(1300)
    page.keyboard.press(" ")
    page.clock.run_for(5000)
    assert word(figure) == "likes"
    table = page.get_by_role("table").filter(has_text="forget gate")
    assert table.get_by_role("row", name=re.compile("forget gate.* unit 1 .*0.02 .*0.98")).count() == 1


@pytest.mark.parametrize("text", ["a" * 90, "who said antidisestablishmentarianism is a long word too ?"])
def test_long_words_keep_to_their_place(new_page, visit, text):
    page = new_page(viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True)
    figure = visit(page)
    page.get_by_role("textbox", name="sentence").fill(text)
    assert figure.locator("thead th").count() == len(text.split())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    table = figure.locator("table").bounding_box()
    assert min(word.bounding_box()["y"] for word in figure.locator("thead span").all()) >= table["y"]


def test_the_readers_own_sentence_and_biases(page, visit):
    figure = visit(page)
    text = "Mary drinks tea! Zoë <b>runs</b> & sings"
    box = page.get_by_role("textbox", name="sentence")
    box.fill(text)
    assert_like_reference(figure, 6, text)
    assert figure.locator("thead th").all_inner_texts() == text.split()
    box.fill("   ")  # no word: the last sentence stays
    assert len(figure.locator("thead th").all()) == 7
    figure.get_by_label("forget bias").fill("1")
    figure.get_by_label("input bias").fill("0.5")
    assert_like_reference(figure, 6, text, 1, 0.5)
    box.fill("a " * 20)
    assert len(figure.locator("thead th").all()) == sentence.MOST_WORDS


def test_a_press_on_a_word_and_a_unit_takes_its_cell_state_apart(page, visit):
    figure = visit(page)
    figure.locator('[data-block="h"] tr').nth(1).locator("td[data-step='3']").click()
    assert word(figure) == "black" and figure.locator("[data-unit][aria-pressed=true]").inner_text() == "unit 2"
    for unit in (1, 2, 3):
        figure.get_by_role("button", name=f"unit {unit}").click()
        parts, held = numbers(figure, "origin"), numbers(figure, "c")[unit - 1]
        assert len(parts) == 3 and abs(sum(parts) - held) <= 0.02  # each is rounded to two places
        drawn = figure.locator('[data-block="origin"] td.now i').evaluate_all("all => all.map(e => e.style.height)")
        np.testing.assert_allclose([float(bar[:-1]) / 100 for bar in drawn], np.clip(parts, 0, 1), rtol=0, atol=0.01)


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (390, "light")])
def test_a_phone_can_hold_it(new_page, visit, assert_within, width, theme):
    page = new_page(viewport={"width": width, "height": 640}, color_scheme=theme, has_touch=True, is_mobile=True)
    figure = visit(page)
    for label in ("the cat", "four words"):
        figure.get_by_role("button", name=label).tap()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_within(width, figure.locator("td, th, input, button, p, figcaption"))
    figure.locator("thead th").nth(1).tap()
    assert_like_reference(figure, 1, sentence.SENTENCE)
    assert figure.get_by_role("slider").first.bounding_box()["height"] >= 24


def test_without_scripts_the_picture_stands_still(new_page, visit):
    figure = visit(new_page(viewport=WIDE, java_script_enabled=False), live=False)
    assert_like_reference(figure, 3, sentence.SENTENCE)
    assert figure.locator("table").is_visible()
    assert figure.locator("input:visible").count() == 0
    assert figure.locator("button:visible").all_inner_texts() == ["unit 1"]  # whose cell state it is


def test_it_moves_by_itself_only_when_played_and_glides_only_for_those_who_like_it(new_page, visit):
    for motion, expected in {"reduce": "0s", "no-preference": "0.2s"}.items():
        page = new_page(viewport=WIDE, reduced_motion=motion)
        page.clock.install()
        figure = visit(page)
        page.clock.run_for(10_000)
        assert word(figure) == "coffee"
        bar = figure.locator("td i").first
        assert bar.evaluate("e => getComputedStyle(e).transitionDuration") == expected
