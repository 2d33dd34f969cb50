"""The last cell of each notebook: all tests at once, as a table."""

import time

import pytest
from IPython.core.formatters import DisplayFormatter

from autograder.assignment import ASSIGNMENTS, load, master
from tests.notebooks import solution, solved
from tests.solutions.running import run

WRONG = "def candidate(h_prev, x, W_c, b_c):\n    raise TypeError('<script>alert(1)</script>')"


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def mixed():
    """The table of a notebook in which two functions are wrong."""
    slip = ("sigmoid(z @ W_i.T + b_i)", "z @ W_i.T + b_i")
    notebook = solved("gates", input_gate=solution("gates", "input_gate", slip), candidate=WRONG)
    return run(notebook).namespace["EverythingAtOnce"]()


def test_of_the_master_all_pass_and_it_takes_no_time(name):
    namespace = run(master(name)).namespace
    start = time.process_time()
    table = namespace["EverythingAtOnce"]()
    assert time.process_time() - start < 2
    functions = [check.function for check in load(name).checks]
    assert table.said == dict.fromkeys(functions, "passes")
    assert repr(table).startswith(f"{len(functions)} of {len(functions)} functions pass their tests.")


def test_of_the_released_notebook_none_passes_and_nothing_is_raised(name):
    result = run(load(name).notebook)
    assert "everything_at_once" not in result.errors
    table = result.namespace["EverythingAtOnce"]()
    assert len(table.said) == len(load(name).checks)
    assert set(table.said.values()) == {"NotImplementedError: not written yet: replace these two lines"}


def test_says_what_each_test_says(mixed):
    assert mixed.summary == "5 of 7 functions pass their tests. Hidden tests decide the grade."
    assert mixed.said["input_gate"].endswith("likely slip: the sigmoid is missing")
    assert mixed.said["candidate"] == "TypeError: <script>alert(1)</script>"
    assert "\ninput_gate: i has other values, first at index [0].\n  yours: " in repr(mixed)


def test_looks_at_the_functions_as_they_are_now(mixed):
    namespace = run(master("gates")).namespace
    namespace["hidden_state"] = lambda o, c: o * c
    namespace["test_mine"] = lambda: exit(1)
    namespace["test_data"] = [1, 2]
    table = namespace["EverythingAtOnce"]()
    assert "the tanh is missing" in table.said["hidden_state"]
    assert table.said["mine"] == "SystemExit: 1" and "data" not in table.said


def test_is_a_table_in_a_notebook_and_text_elsewhere(mixed):
    formats, _ = DisplayFormatter().format(mixed)
    assert formats["text/plain"] == repr(mixed)
    html = formats["text/html"]
    assert html.count("<tr>") == 8 and html.count('scope="row"') == 7 and html.count('scope="col"') == 2
    assert "<script>" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone_and_is_read_out_as_a_table(new_page, mixed, scheme):
    page = new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.set_content(f"<meta name='color-scheme' content='light dark'>{mixed._repr_html_()}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    read = page.locator("table").aria_snapshot()
    assert 'table "5 of 7 functions pass' in read and 'rowheader "forget_gate"' in read and 'cell "✓ passes"' in read
    assert page.evaluate("getComputedStyle(document.querySelector('td')).whiteSpace") == "pre-wrap"
