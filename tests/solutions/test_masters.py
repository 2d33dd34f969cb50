"""The masters: complete, in order, and right."""

import ast
import re
import time

import numpy as np
import pytest

import autograder.reference as reference
from autograder.assignment import ASSIGNMENTS, HERE, MASTERS, load, master
from autograder.errors import UserError
from lstmbook import numbers
from tests.solutions.running import cells_of, grade_id, run

FUNCTIONS = {
    "gates": "sigmoid forget_gate input_gate candidate update_cell output_gate hidden_state",
    "cell": "init_params lstm_cell_forward lstm_forward",
    "bptt": "lstm_cell_backward lstm_backward numerical_gradient clip_gradients",
    "training": "gradient_highway adam_step train_adding",
    "variants": "peephole_cell_forward gru_cell_forward bidirectional_forward stacked_forward gru_cell_backward "
    "peephole_cell_backward",
}


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def name(request):
    return request.param


def test_all_assignments_have_a_master():
    assert sorted(ASSIGNMENTS) == sorted(FUNCTIONS) == sorted(path.stem for path in MASTERS.glob("*.md"))


def test_runs_whole_and_passes_every_visible_test(name):
    start = time.process_time()
    result = run(master(name))
    seconds = time.process_time() - start
    assert result.errors == {}
    assert seconds < 7, "grading gives a notebook 20 s of CPU time, and students are slower than the master"


def test_each_function_has_a_solution_tests_and_a_check_in_the_contracts_order(name):
    notebook, functions = master(name), FUNCTIONS[name].split()
    assert list(cells_of(notebook, solution=True, grade=False)) == functions
    assert [check.function for check in load(name).checks] == functions
    order = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    for function in functions:
        place = order.index(function)
        assert order[place : place + 3] == [function, f"test_{function}", f"check_{function}"]
    assert order[-2:] == [f"reflection_{name}", "everything_at_once"]
    assert grade_id(notebook.cells[-1]) == "everything_at_once"


def test_a_picture_leaves_no_line_of_text(name):
    """A cell that ends with an expression shows its value, in grading even behind a semicolon."""
    own = [cell.source for cell in master(name).cells if cell.cell_type == "code" and not grade_id(cell)]
    assert own and not any(isinstance(ast.parse(source).body[-1], ast.Expr) for source in own)


def test_points(name):
    for check in load(name).checks:
        amount = "1 point" if check.points == 1 else f"{check.points} points"
        assert f"# {check.grade_id}, {amount}: " in cells_of(master(name))[check.grade_id].source
    assert 10 <= sum(check.points for check in load(name).checks) <= 20


def test_sections_are_pages_of_the_book(name):
    for check in load(name).checks:
        assert (HERE / "book" / f"{check.section.partition('#')[0]}.md").is_file(), check


def test_given_cells_and_tests_cannot_be_edited_by_accident(name):
    for cell_id, cell in cells_of(master(name), solution=False).items():
        assert cell.metadata.nbgrader.locked, cell_id


def test_worked_numbers_are_the_books(name):
    given = run(master(name)).namespace
    shared = [key for key in vars(numbers) if key.isupper() and key in given]
    assert shared
    for key in shared:
        assert given[key] == getattr(numbers, key), key


@pytest.mark.parametrize("given", ["given_expect", "everything_at_once"])
def test_what_all_notebooks_have_is_the_same_in_each(name, given):
    """Each notebook stands alone, so each has its copy."""
    assert cells_of(master(name))[given].source == cells_of(master("gates"))[given].source


def test_is_kind_and_fits_the_line(name):
    text = (MASTERS / f"{name}.md").read_text()
    assert not re.findall(r"\b(simply|obviously|just|trivial(?:ly)?|of course)\b", text, re.IGNORECASE)
    long = [line for line in text.splitlines() if len(line) > 120 and not re.match(r":(nbgrader|lstm): |\+\+\+ ", line)]
    assert not long


def test_load_is_cached_and_names_what_there_is():
    load.cache_clear()
    assert load("gates") is load("gates")
    assert load("gates").title == "Exercise 1: the gates"
    with pytest.raises(UserError, match="no assignment 'gate'. The assignments are gates, cell, bptt, training, variants"):
        load("gate")


def test_recorded_run_is_what_the_reference_stores_and_its_slopes_what_nudging_measures():
    given = run(master("bptt")).namespace
    caches, params = given["recorded_run"]()
    xs = np.array([cache["x"] for cache in caches])
    h0, c0 = caches[0]["h_prev"], caches[0]["c_prev"]

    def forward(**changed):
        values = dict(xs=xs, h0=h0, c0=c0) | changed
        weights = params | {key: value for key, value in changed.items() if key in params}
        return reference.lstm_forward(values["xs"], values["h0"], values["c0"], weights)

    for cache, stored in zip(caches, forward()[2], strict=True):
        for key in stored:
            np.testing.assert_allclose(cache[key], stored[key], atol=6e-9, err_msg=key)

    slopes = given["RUN_SLOPES"]
    names = {"xs": (xs, "dxs"), "h0": (h0, "dh0"), "c0": (c0, "dc0")} | {key: (params[key], key) for key in params}
    for key, (value, slope) in names.items():
        measured = reference.numerical_gradient(lambda a: np.sum(slopes["dhs"] * forward(**{key: a})[0]), value)
        np.testing.assert_allclose(slopes[slope], measured, atol=6e-7, err_msg=key)

    slopes, step = given["STEP_SLOPES"], caches[1]
    names = {"x": "dx", "h_prev": "dh_prev", "c_prev": "dc_prev"} | {key: key for key in params}
    for key, slope in names.items():

        def loss(value):
            values = step | {key: value}
            weights = params | {key: value}
            h, c, _ = reference.lstm_cell_forward(values["x"], values["h_prev"], values["c_prev"], weights)
            return np.dot(slopes["dh"], h) + np.dot(slopes["dc"], c)

        measured = reference.numerical_gradient(loss, step.get(key, params.get(key)))
        np.testing.assert_allclose(slopes[slope], measured, atol=6e-7, err_msg=key)


def test_the_whole_chain_in_bptts_text_runs(capsys):
    namespace = run(master("bptt")).namespace | {"lstm_forward": reference.lstm_forward}
    [snippet] = [
        code
        for cell in master("bptt").cells
        if cell.cell_type == "markdown"
        for code in re.findall(r"```python\n(.*?)```", cell.source, re.DOTALL)
    ]
    capsys.readouterr()
    exec(snippet, namespace)
    differences = [float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()]
    assert len(differences) == 8
    assert max(differences) < 1e-9
