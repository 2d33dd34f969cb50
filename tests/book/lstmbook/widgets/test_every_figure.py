"""Every living figure, in every page: it is light, comes alive without a jerk, and obeys links in the text."""

import gzip
import json
import re

import pytest

FIGURE = re.compile(r'<style>\.lstm-figure.*?</style><div data-model="(\w+)"[^>]*>.*?</figure></div>', re.DOTALL)
STATE = re.compile(r'<script type="application/vnd.jupyter.widget-state\+json">(.*?)</script>', re.DOTALL)
NOTE_STILLS = """document.addEventListener("readystatechange", () => {
  window.stills ??= [...document.querySelectorAll("[data-model]")].map((place) => place.innerHTML);
});"""  # before any script of the page runs
COMPARE = """(place, k) => {
  const seen = () => [place.innerHTML, place.offsetWidth, place.offsetHeight];
  const live = seen();
  place.innerHTML = window.stills[k];
  return { live, still: seen() };
}"""


@pytest.fixture(scope="session")
def pages(built):
    """Every page with a living figure, its text by its path."""
    html = built / "html"
    texts = {path.relative_to(html).as_posix(): path.read_text() for path in sorted(html.rglob("*.html"))}
    found = {path: text for path, text in texts.items() if FIGURE.search(text)}
    assert found, "no page of the book has a living figure"
    return found


def test_a_figure_adds_at_most_ten_kilobytes_to_its_page(pages):
    for path, text in pages.items():
        figures = [figure[0] for figure in FIGURE.finditer(text)]
        # By themselves: in the middle of a page they also part texts that would be compressed together.
        added = len(gzip.compress("".join([*figures, *STATE.findall(text)]).encode()))
        assert added <= 10 * 1024 * len(figures), path


def test_coming_alive_changes_and_moves_nothing(pages, site, new_page):
    page = new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.add_init_script(NOTE_STILLS)
    for path in pages:
        page.goto(f"{site}/{path}")
        for k, figure in enumerate(page.locator("[data-model]").all()):
            figure.scroll_into_view_if_needed()  # some come alive only then
            figure.and_(page.locator("[data-live]")).wait_for()
            seen = figure.evaluate(COMPARE, k)
            assert seen["live"] == seen["still"], path


def test_every_link_sets_the_figure_that_it_names(pages, site, page):
    linked = [path for path, text in pages.items() if "data-figure-set" in text]
    assert linked, "no page has such a link"
    for path in linked:
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
