"""The reader of trained networks: its traits in Python, its arithmetic in node, and the chapter's figures in a browser."""

import re

import numpy as np
import pytest
import traitlets

from autograder import reference
from experiments import counting, tasks
from lstmbook.networks import FOLDER, network, stored
from lstmbook.widgets import ReaderFigure

TEXTS = {
    "counting_ab": ("aaaabbbbEabE", [[], ["h2=0"], ["c2=3@5"], ["f1=1", "i2=0.25@2", "c_tilde2=-1@3", "o1=0"]]),
    "counting_abc": ("aaabbbcccE", [[], ["c2=0@4"]]),
    "reber": ("BPBTSSXXTVVEPE", [[], ["h4=0"], ["c4=-2.5@4", "h6=1"]]),
    "characters": ("the rabbit was late and the cat, he said, was not at all the same.", [[], ["h5=0", "c90=-2@8"]]),
}


def read(kept, text, holds):
    """What the reference makes of a text while some of its values are held."""
    params, n = kept.params, len(kept.params["b_f"])
    held = [re.fullmatch(r"(\w+?)(\d+)=([-\d.]+)(?:@(\d+))?", hold).groups() for hold in holds]
    h, c, steps = np.zeros(n), np.zeros(n), []
    for t, x in enumerate(kept.one_hot(text), start=1):

        def put(part, values):
            for key, unit, value, step in held:
                if key == part and step in (None, str(t)):
                    values[int(unit) - 1] = float(value)
            return values

        step = {
            "f": put("f", reference.forget_gate(h, x, params["W_f"], params["b_f"])),
            "i": put("i", reference.input_gate(h, x, params["W_i"], params["b_i"])),
            "c_tilde": put("c_tilde", reference.candidate(h, x, params["W_c"], params["b_c"])),
            "o": put("o", reference.output_gate(h, x, params["W_o"], params["b_o"])),
        }
        c = put("c", reference.update_cell(c, step["f"], step["i"], step["c_tilde"]))
        h = put("h", reference.hidden_state(step["o"], c))
        y = params["W_y"] @ h + params["b_y"]
        p = np.exp(y - y.max())
        steps.append(step | {"c": c, "h": h, "y": y, "p": p / p.sum()})
    return {key: [step[key] for step in steps] for key in steps[0]}


def languages():
    """Texts, and what may come after each of their symbols, as the experiments have it."""
    for letters in ("ab", "abc"):
        xs, targets, _ = counting.strings([[3, 1]], letters)
        alphabet = letters + "E"
        yield (
            f"counting_{letters}",
            "".join(alphabet[k] for k in xs[:, 0].argmax(axis=-1)),
            ["".join(sorted(alphabet[k] for k in np.flatnonzero(row))) for row in targets[:, 0]],
        )
    xs, targets, asked, nodes = tasks.embedded_reber(np.random.default_rng(0), 5)
    for b in range(5):
        T = int(asked[:, b].sum())
        text = "".join(tasks.SYMBOLS[k] for k in xs[:T, b].argmax(axis=-1))
        yield "reber", text, ["".join(sorted(np.array([*tasks.SYMBOLS])[row > 0])) for row in tasks.LEGAL[nodes[:T, b]]]


@pytest.fixture(scope="module")
def vectors():
    """Stored networks with what the reference makes of some texts."""
    readings, packed = [], []
    for path in sorted(FOLDER.glob("*.json")):
        kept, (text, holdings) = network(path.stem), TEXTS[path.stem]
        sent = ReaderFigure(path.stem).network
        packed += [{"value": value, "expected": kept.params[key]} for key, value in sent["params"].items()]
        for holds in holdings:
            readings.append({"network": sent, "text": text, "holds": holds, "expected": read(kept, text, holds)})
    ways = [{"network": ReaderFigure(name).network, "text": text, "may": may} for name, text, may in languages()]
    return {"readings": readings, "packed": packed, "languages": ways}


def test_the_script_reads_as_the_reference_does(in_node, vectors):
    in_node("reader/reader.test.mjs", vectors)


def test_a_network_of_the_readers_own_is_read_as_well():
    rng = np.random.default_rng(0)
    params = reference.init_params(2, 3, rng) | {"W_y": rng.normal(size=(2, 3)), "b_y": np.zeros(2)}
    figure = ReaderFigure({"params": params, "alphabet": "xy"})
    assert figure.text == "xy" and figure.network["params"]["W_y"] == params["W_y"].tolist()
    assert repr(figure) == "ReaderFigure('your own', text='xy', holds=[])"
    mime_types, _ = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in mime_types
    params.pop("W_y")
    with pytest.raises(traitlets.TraitError, match="params has no W_y; expected all of W_f, b_f"):
        ReaderFigure({"params": params, "alphabet": "xy"})


def test_it_refuses_what_cannot_be_read_or_held():
    figure = ReaderFigure("reber", holds=["h1=0", "c_tilde2=-0.5@12"])
    for name, value, message in [
        ("holds", ["h0=1"], "holds has 'h0=1'; expected a part, a unit and a value"),
        ("holds", ["h1"], "such as 'h3=0'"),
        ("text", "", "text is empty"),
        ("part", "g", "part"),
        ("temperature", 0, "temperature"),
    ]:
        with pytest.raises(traitlets.TraitError, match=message):
            setattr(figure, name, value)
    with pytest.raises(LookupError, match="there is no network elephant; there are .*counting_ab"):
        ReaderFigure("elephant")


def test_a_figure_gets_of_its_network_what_it_draws_with():
    assert set(ReaderFigure("reber").network) == {"alphabet", "params", "grammar"}
    assert ReaderFigure("reber").network["params"] == stored("reber")["params"]


WIDE = {"width": 1280, "height": 900}
ORDER = ["counting_ab", "counting_abc", "reber", "characters"]  # of the figures in their chapter
ROWS = ("f", "i", "c_tilde", "o", "c", "h")


@pytest.fixture
def visit(open_figure):
    """A function that opens the chapter in a browser's page, and gives back the figure of one network once it is live."""

    def visit(page, name, live=True):
        figure = open_figure(page, "23-reading-the-gates", "reader", live).nth(ORDER.index(name))
        figure.scroll_into_view_if_needed()
        if live:
            figure.locator("xpath=ancestor::*[@data-live]").wait_for()
        return figure

    return visit


def number(text):
    return float(text.replace("−", "-").replace("<", "").replace(">", "").replace("%", "").replace("✓", "").strip())


def text_of(figure):
    return figure.get_by_label("text").input_value().replace("⏎", "\n")


def assert_like_reference(figure, name, holds=()):
    """What the figure shows of its step and unit is what the reference makes of its text."""
    text, kept = text_of(figure), network(name)
    t, unit = (int(figure.get_by_label(key, exact=True).input_value()) - 1 for key in ("step", "unit"))
    for run, place in [(read(kept, text, holds), 2), *([(read(kept, text, []), 3)] if holds else [])]:
        if place == 2:
            shown = [number(figure.locator(f'[data-block="{part}"] .number').inner_text()) for part in ROWS]
            np.testing.assert_allclose(shown, [run[part][t][unit] for part in ROWS], rtol=0, atol=5.1e-4)
        for row in figure.locator(".expected tr").all():
            symbol = row.locator("th").inner_text().split()[0].replace("␣", " ").replace("⏎", "\n")
            p = 100 * run["p"][t][kept.alphabet.index(symbol)]
            assert abs(number(row.locator("td").nth(place - 1).inner_text()) - p) <= 1, (symbol, p)


@pytest.mark.parametrize("name", ORDER)
def test_a_network_runs_in_the_page(page, visit, name):
    figure = visit(page, name)
    assert_like_reference(figure, name)
    figure.get_by_role("button", name=re.compile("^silence unit")).click()
    unit = int(figure.get_by_label("unit", exact=True).input_value())
    assert_like_reference(figure, name, [f"h{unit}=0"])
    assert "; untouched, " in figure.locator(".verdict").inner_text()
    figure.get_by_role("button", name="let go").click()
    assert figure.locator(".ghost").count() == 0
    assert_like_reference(figure, name)


def test_the_readers_own_text(page, visit):
    figure = visit(page, "reber")
    box = figure.get_by_label("text")
    box.fill("bpbpvv-et")  # small letters, a sign that the network does not know, and at last the wrong letter
    assert figure.locator(".strip b").all_inner_texts() == [*"BPBPVVET"]
    assert figure.locator(".legend").inner_text().endswith("it cannot read -")
    box.fill("BPBPVVEPE")
    assert_like_reference(figure, "reber")
    assert figure.locator(".verdict").inner_text() == "right at 8 of 8 steps"
    box.fill("BPBPVVETE")
    assert "from step 8 on the text is not of its language" in figure.locator(".verdict").inner_text()
    box.fill("zz")  # nothing that it can read: the last text stays
    assert figure.locator(".strip b").count() == 9


def test_a_reader_takes_hold_of_any_part_at_any_step(page, visit):
    figure = visit(page, "counting_ab")
    figure.get_by_role("button", name="f forget gate").click()
    figure.get_by_label("value to hold").fill("0.5")
    figure.get_by_role("button", name="at every step").click()
    assert_like_reference(figure, "counting_ab", ["f2=0.5"])
    figure.get_by_label("value to hold").fill("0.9")  # what is held follows
    assert_like_reference(figure, "counting_ab", ["f2=0.9"])
    figure.locator(".strip [data-step='3']").click()
    figure.locator(".units [data-unit='1']").click()
    figure.get_by_role("button", name="h hidden state").click()
    figure.get_by_label("value to hold").fill("-1")
    figure.get_by_role("button", name="at step 3 alone").click()
    assert_like_reference(figure, "counting_ab", ["f2=0.9", "h1=-1@3"])
    held = figure.get_by_role("button", name="let go").all_inner_texts()
    assert [text.split(" ✕")[0] for text in held] == ["f of unit 2 = 0.9", "h of unit 1 = −1 at step 3"]


def test_the_text_drives_the_figures(page, visit):
    figure = visit(page, "reber")
    page.get_by_role("link", name="Write −2.01 into unit 4").click()
    assert_like_reference(figure, "reber", ["c4=-2.01@3"])
    likely = figure.locator(".expected tr", has_text="P")
    assert number(likely.locator("td").nth(1).inner_text()) >= 95 and number(likely.locator("td").nth(2).inner_text()) <= 5
    figure = visit(page, "counting_ab")
    page.get_by_role("link", name="Open the first b in numbers").click()
    tables = figure.locator(".opened table")
    assert tables.count() == 5
    candidate = tables.filter(has_text="candidate")
    assert "x = b" in candidate.locator("tr").first.inner_text()
    expected = read(network("counting_ab"), "aaaaab", [])["c_tilde"][5][1]
    assert abs(number(candidate.locator("tfoot .number").inner_text()) - expected) < 5.1e-4
    figure.get_by_role("button", name="this step in numbers").click()
    assert tables.count() == 0


def test_weights_too_long_for_the_page_come_when_the_reader_does(page, site):
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{site}/book/chapters/23-reading-the-gates.html", wait_until="networkidle")
    figures = page.locator(".reader-figure")
    figures.nth(2).locator("xpath=ancestor::*[@data-live]").wait_for()
    assert page.locator("[data-live] .reader-figure").count() == 3 and not [url for url in loaded if "/figures/" in url]
    page.get_by_role("link", name="held at 1.5").dispatch_event("click")  # before anyone has seen it
    figures.nth(3).get_by_role("button", name="c of unit 31 = 1.5").wait_for()
    assert len([url for url in loaded if "/figures/" in url]) == 1


def test_it_writes_on_and_a_seed_decides_what(page, visit):
    figure = visit(page, "reber")
    figure.get_by_label("symbols to write").fill("30")
    written = figure.locator(".strip .written b")
    first = written.all_inner_texts()
    assert len(first) == 30
    figure.get_by_role("button", name="another draw").click()
    assert len(written.all_inner_texts()) == 30 and written.all_inner_texts() != first
    figure.get_by_label("temperature").fill("0.1")
    figure.get_by_label("step", exact=True).press("End")
    assert figure.locator(".strip .now").get_attribute("data-step") == "40"


def test_keyboard_and_voice(page, visit):
    page.clock.install()
    figure = visit(page, "counting_ab")
    step = figure.get_by_label("step", exact=True)
    step.focus()
    places = {"Home": "1 of 11, a", "ArrowRight": "2 of 11, a", "End": "11 of 11, E", "ArrowLeft": "10 of 11, b"}
    for key, expected in places.items():
        page.keyboard.press(key)
        assert step.get_attribute("aria-valuetext") == expected
    page.clock.run_for(700)
    spoken = figure.locator(".spoken[aria-live]")
    assert spoken.inner_text().startswith("Step 10 of 11, b. Unit 2: f 1.00, i 1.00, candidate −0.98")
    assert spoken.inner_text().endswith("Next: E 99 %, b 1 %.")
    assert figure.get_by_role("row", name="may come").count() == 1
    assert figure.get_by_role("row", name="E may come").count() == 1


def test_a_phone_can_hold_it(new_page, visit, assert_within):
    page = new_page(viewport={"width": 320, "height": 640}, color_scheme="dark", has_touch=True, is_mobile=True)
    for name in ("reber", "characters"):
        figure = visit(page, name)
        figure.get_by_role("button", name="this step in numbers").tap()
        figure.get_by_role("button", name=re.compile("^silence unit")).tap()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert_within(320, figure.locator("td, th, input, button, p, .strip b, .units b"))
        figure.locator(".strip [data-step='2']").tap()
        assert figure.get_by_label("step", exact=True).input_value() == "2"
        assert figure.get_by_label("step", exact=True).bounding_box()["height"] >= 24


def test_without_scripts_a_picture_stands_still(new_page, visit):
    page = new_page(viewport=WIDE, java_script_enabled=False)
    figure = visit(page, "characters", live=False)
    assert figure.locator(".strip").is_visible() and figure.locator(".expected").is_visible()
    assert figure.locator("input:visible").count() == 0
    shown = [number(figure.locator(f'[data-block="{part}"] .number').inner_text()) for part in ROWS]
    text = text_of(figure)
    np.testing.assert_allclose(shown, [read(network("characters"), text, [])[part][-1][30] for part in ROWS], atol=5.1e-4)
