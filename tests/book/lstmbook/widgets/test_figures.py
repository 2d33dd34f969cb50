"""The living figures without a browser: their traits in Python, and their arithmetic in node against the reference."""

import json
import re
from pathlib import Path

import autograd.numpy as anp
import numpy as np
import pytest
import traitlets
from autograd import elementwise_grad
from rjsmin import jsmin

from autograder import reference
from figures import still
from lstmbook import numbers, sentence, widgets
from lstmbook.widgets import BackwardFigure, CellFigure, GateFigure, SequencePlayer, SquashingFigure

SCRIPTS = Path(__file__).parent / "scripts"


def states(cell):
    c = reference.update_cell(*(np.array(getattr(cell, name)) for name in ("c_prev", "f", "i", "c_tilde")))
    return c, reference.hidden_state(np.array(cell.o), c)


def test_it_starts_from_the_documents_numbers():
    cell = CellFigure()
    np.testing.assert_allclose(cell.c, numbers.C, rtol=0, atol=1e-12)
    np.testing.assert_allclose(cell.h, numbers.H, rtol=0, atol=5e-5)


def test_c_and_h_follow_every_input_as_in_the_reference():
    cell = CellFigure(c_prev=[1, -2, 3], f=[0.1, 0.2, 0.3])
    for name, value in {
        "c_prev": np.array([-4.0, 0.5, 2.0]),
        "f": (0, 0.731, 1),
        "i": [0.25, 0.5, 0.75],
        "c_tilde": [-1, 0, 0.125],
        "o": [0.9, 0.1, 1],
    }.items():
        setattr(cell, name, value)
        c, h = states(cell)
        np.testing.assert_allclose(cell.c, c, rtol=0, atol=1e-12)
        np.testing.assert_allclose(cell.h, h, rtol=0, atol=1e-12)


def test_a_front_ends_message_counts_like_any_other_change():
    cell = CellFigure()
    cell.set_state({"f": [1, 0, 0.25], "c": [0, 0, 0], "h": [0, 0, 0]})
    c, h = states(cell)
    np.testing.assert_allclose(cell.c, c, rtol=0, atol=1e-12)
    np.testing.assert_allclose(cell.h, h, rtol=0, atol=1e-12)


def test_it_can_have_any_number_of_units_from_the_start():
    cell = CellFigure(c_prev=[1], f=[0.5], i=[1], c_tilde=[0.25], o=[1])
    assert cell.c == [0.75]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"f": [0.5, 1.5, 0]}, "f must be between 0 and 1"),
        ({"c_tilde": [0, 0, -1.1]}, "c_tilde must be between -1 and 1"),
        ({"c_prev": [0, float("nan"), 1]}, "c_prev must be finite"),
        ({"o": "wide"}, "o is a list of numbers"),
        ({"i": [1, 0]}, "i has 2 numbers, but c_prev has 3"),
        ({"c": [1, 1, 1]}, "read-only"),
    ],
)
def test_a_value_that_no_cell_can_have_is_refused(change, message):
    cell = CellFigure()
    [(name, value)] = change.items()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(cell, name, value)
    with pytest.raises(traitlets.TraitError, match=message):
        CellFigure(**change)


def test_it_is_an_ipywidget_and_says_what_it_holds():
    mime_types, _ = CellFigure()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in mime_types
    assert mime_types["text/plain"] == "CellFigure(c=[2.8, 2.95, 3], h=[0.9926, 0, 0.4975])"


def test_the_squashing_figure_holds_a_z_that_its_picture_has():
    figure = SquashingFigure()
    assert repr(figure) == "SquashingFigure(z=2)" and figure.presets[0]["set"] == {"z": 2}
    figure.z = -6
    for z in (6.5, float("inf"), "far"):
        with pytest.raises(traitlets.TraitError, match="z"):
            figure.z = z
    assert figure.z == -6
    mime_types, _ = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in mime_types


def test_a_figure_brings_what_it_uses_and_nothing_else():
    assert "function backward(" in BackwardFigure._esm and "function backward(" not in CellFigure._esm
    assert "const sigmoidSlope" in SquashingFigure._esm and "function forward(" not in SquashingFigure._esm


@pytest.fixture(scope="module")
def vectors():
    """Inputs and the reference's outputs."""
    rng = np.random.default_rng(7)
    cells = []
    for m, n, scale in [(1, 1, 1), (2, 3, 1), (5, 4, 3), (3, 2, 100)]:
        params = reference.init_params(m, n, rng)
        params = {name: scale * rng.standard_normal(value.shape) for name, value in params.items()}
        x, h_prev, c_prev = rng.standard_normal(m), rng.uniform(-1, 1, n), 3 * rng.standard_normal(n)
        h, c, cache = reference.lstm_cell_forward(x, h_prev, c_prev, params)
        expected = {name: cache[name] for name in ("f", "i", "c_tilde", "o")} | {"c": c, "h": h}
        cells.append({"x": x, "h_prev": h_prev, "c_prev": c_prev, "params": params, "expected": expected})
    sequences = []
    for m, n, T in [(1, 2, 1), (2, 3, 5), (4, 3, 7), (3, 5, 40)]:
        params = {name: rng.standard_normal(value.shape) for name, value in reference.init_params(m, n, rng).items()}
        xs, h0, c0 = rng.standard_normal((T, m)), rng.uniform(-1, 1, n), 2 * rng.standard_normal(n)
        hs, cs, caches = reference.lstm_forward(xs, h0, c0, params)
        read = ("x", "h_prev", "c_prev", "f", "i", "c_tilde", "o")
        expected = {name: [cache[name] for cache in caches] for name in read} | {"c": cs, "h": hs}
        sequences.append({"xs": xs, "h0": h0, "c0": c0, "params": params, "expected": expected})
    back = {"cells": [], "sequences": []}
    for cell, sequence in zip(cells[:3], sequences[:3]):
        params, n = cell["params"], len(cell["c_prev"])
        dh, dc = rng.standard_normal((2, n))
        _, _, step = reference.lstm_cell_forward(cell["x"], cell["h_prev"], cell["c_prev"], params)
        names = ("dx", "dh_prev", "dc_prev", "grads")
        expected = dict(zip(names, reference.lstm_cell_backward(dh, dc, step, params)))
        back["cells"].append({"step": step, "dh": dh, "dc": dc, "params": params, "expected": expected})
        given = {name: sequence[name] for name in ("xs", "h0", "c0", "params")}
        hs, _, caches = reference.lstm_forward(**given)
        dhs = rng.standard_normal(hs.shape)
        expected = dict(zip(("dxs", "dh0", "dc0", "grads"), reference.lstm_backward(dhs, caches, given["params"])))
        back["sequences"].append({**given, "dhs": dhs, "expected": expected})
    readings = []
    for traits in (
        {},
        {"sentence": "John likes black coffee. Mary drinks tea.", "step": 5},
        {"sentence": "The cat, which was hungry, sat on the mat", "forget_bias": 1, "unit": 3},
        {"sentence": "Élan “Zoë” vs. 42 — ñandús? BUS  ends!", "input_bias": 4, "step": 3},
        {"sentence": " ".join("abcdefghijklmnop")},
    ):
        player = SequencePlayer(reference.lstm_cell_forward, **traits)
        steps = player.own["steps"]
        readings.append(
            {
                "sentence": player.sentence,
                "words": player.sentence.split()[: sentence.MOST_WORDS],
                "xs": sentence.features(player.sentence),
                "state": {**SequencePlayer(**traits).get_state(), "presets": []},
                "expected": {name: [step[name] for step in steps] for name in ("f", "i", "c_tilde", "c", "o", "h")},
            }
        )
    x = np.concatenate([np.linspace(-40, 40, 41), [-1000.0, -745.0, 745.0, 1000.0]])
    z = np.linspace(-6, 6, 61)
    slopes = [elementwise_grad(curve)(z) for curve in (lambda z: 1 / (1 + anp.exp(-z)), anp.tanh)]
    inputs = {name: getattr(numbers, name.upper()) for name in ("c_prev", "f", "i", "c_tilde", "o")}
    c, h = states(CellFigure())
    return {
        "sigmoid": {"x": x, "y": reference.sigmoid(x)},
        "squashing": {"z": z, "sigmoid": [reference.sigmoid(z), slopes[0]], "tanh": [np.tanh(z), slopes[1]]},
        "cells": cells,
        "sequences": sequences,
        "readings": readings,
        "back": back,
        "documents": {
            "inputs": inputs,
            "expected": {"kept": numbers.KEPT, "added": numbers.ADDED, "c": c, "h": h},
        },
    }


@pytest.mark.parametrize("script", sorted(path.name for path in SCRIPTS.glob("*.test.mjs")))
def test_the_scripts_agree_with_the_reference(in_node, script, vectors):
    in_node(script, vectors)


def test_a_gate_figure_refuses_sizes_that_do_not_fit():
    figure = GateFigure("input", h_prev=[0.5], x=[1], W=[[1, 2]], b=[0], filtered=[0.25])
    assert repr(figure) == "GateFigure('input', x=[1.0], b=[0.0])"
    with pytest.raises(traitlets.TraitError, match="W must be"):
        GateFigure("input", x=[1])
    with pytest.raises(traitlets.TraitError, match="'forget', 'input' or 'output'; got 'candidate'"):
        GateFigure("candidate")


def test_the_player_refuses_what_it_cannot_read():
    player = SequencePlayer()
    for name, value in {"sentence": "  ", "step": 0, "forget_bias": 9, "input_bias": "low"}.items():
        with pytest.raises(traitlets.TraitError, match=name):
            setattr(player, name, value)
    assert player.own == {} and repr(player).startswith("SequencePlayer('John likes black coffee', forget_bias=4")


def lstm_cell_forward(x, h_prev, c_prev, params, slip=None):
    """As a student may write it, with slips."""
    if slip == "raises" and c_prev[0]:
        return c_prev[7]
    if slip == "changes":
        c_prev *= 0.5
    if slip == "warns":
        np.log(np.zeros(1))
    h, c, cache = reference.lstm_cell_forward(x, h_prev, c_prev, params)
    return {
        "nothing": None,
        "two": (h, c),
        "column": (h[:, None], c, cache),
        "nan": (h, np.full_like(c, np.nan), cache),
        "text": ("h", c, cache),
        "no dict": (h, c, [cache]),
        "empty": (h, c, {"x": x, "h_prev": h_prev, "c_prev": c_prev, "c": c, "o": cache["o"]}),
    }.get(slip, (h, c, cache))


@pytest.mark.parametrize("Figure", [CellFigure, SequencePlayer])
@pytest.mark.parametrize(
    ("slip", "problem"),
    [
        (None, "^$"),
        ("raises", r"raised IndexError(| at step 2, “likes”), in its line “return c_prev\[7\]”: index 7 is out of"),
        ("nothing", r"returned nothing \(None\).*; expected three results, return h, c, cache"),
        ("two", "returned 2 results"),
        ("column", r"returned h with the shape \(3, 1\).*; expected \(3,\)"),
        ("nan", r"made c = \[nan, nan, nan\]"),
        ("text", "returned one str for h.*; expected 3 numbers"),
        ("no dict", "returned one list as the cache.*; expected a dict"),
        ("empty", "left 'f', 'i', 'c_tilde' out of the cache"),
        ("changes", "changed c_prev, which it was given.*: make new arrays instead"),
        ("warns", "made NumPy warn.*: divide by zero"),
    ],
)
def test_a_readers_own_function_is_shown_as_it_is(Figure, slip, problem):
    def forward(*args):
        return lstm_cell_forward(*args, slip=slip)

    forward.__name__ = "mine"
    own = Figure(forward).own
    assert own["name"] == "mine" and re.search(problem, own["problem"]), own["problem"]
    json.dumps(own, allow_nan=False)  # what is no number travels as null


@pytest.mark.parametrize("name", widgets.__all__)
def test_a_figures_script_draws_the_same_when_it_is_made_small_for_a_page(name):
    """The minifier takes blanks out of a template that stands within another's ${…}."""
    state = getattr(widgets, name)().get_state()
    assert still({**state, "_esm": jsmin(state["_esm"])}) == still(state)


def test_what_cannot_be_called_is_refused():
    for Figure in (CellFigure, SequencePlayer):
        with pytest.raises(TypeError, match="forward must be a function, called as lstm_cell_forward"):
            Figure({"W_f": 1})
    broken = CellFigure(lstm_cell_forward)
    assert broken.own["name"] == "lstm_cell_forward"
    broken.f = [1, 0, 0.25]
    np.testing.assert_allclose(broken.own["steps"][0]["f"], [1, 0, 0.25], rtol=0, atol=1e-9)
    np.testing.assert_allclose(broken.own["steps"][0]["c"], broken.c, rtol=0, atol=1e-9)
