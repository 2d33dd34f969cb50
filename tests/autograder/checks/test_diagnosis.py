"""Diagnosis: the one mistake that fits all that was seen, and silence otherwise."""

import numpy as np
import pytest

from autograder import reference
from autograder.checks import diagnosis
from autograder.checks.diagnosis import alike, diagnose
from autograder.checks.misconceptions import Misconception
from autograder.checks.misconceptions.table import lines, measured, tried
from autograder.cli import main


def name_of(function, implementation, seed=5):
    found = diagnose(tried(function, implementation, seed))
    return found.name if found else ""


def test_the_same_mistake_in_another_style_gets_the_same_name():
    def loops(h_prev, x, W, b):
        """Tanh for σ, unit by unit, from exponentials."""
        if h_prev.ndim == 2:
            return [loops(*rows, W, b) for rows in zip(h_prev, x, strict=True)]
        z = [np.dot(row, [*h_prev, *x]) + shift for row, shift in zip(W, b, strict=True)]
        return [float(np.sign(v)) * (1 - np.exp(-2 * abs(v))) / (1 + np.exp(-2 * abs(v))) for v in z]

    assert name_of("forget_gate", loops) == "tanh in the forget gate"


def test_two_mistakes_at_once_get_no_name():
    assert name_of("update_cell", lambda c_prev, f, i, c_tilde: i * c_prev - f * c_tilde) == ""


def test_nothing_is_named_where_two_misconceptions_fit(monkeypatch):
    def nothing_kept(c_prev, f, i, c_tilde):
        return i * c_tilde

    twins = tuple(Misconception(name, "update_cell", nothing_kept, "", "") for name in ("one", "other"))
    monkeypatch.setattr(diagnosis, "of", lambda function: twins[:1])
    assert name_of("update_cell", nothing_kept) == "one"
    monkeypatch.setattr(diagnosis, "of", lambda function: twins)
    assert name_of("update_cell", nothing_kept) == ""


def test_a_mistake_that_follows_from_an_earlier_function_is_named_there_alone():
    trial = tried("forget_gate", lambda h_prev, x, W, b: np.tanh(np.concatenate([h_prev, x], axis=-1) @ W.T + b), 0)
    assert diagnose(trial).name == "tanh in the forget gate"
    trial.follows_through("sigmoid")
    assert diagnose(trial) is None


def test_draws_of_another_order_are_known_by_their_character():
    def from_the_last_layer(m, n, rng, forget_bias=1.0):
        weights = {f"W_{layer}": rng.uniform(-1 / n, 1 / n, size=(n + m, n)).T for layer in "ocif"}
        return weights | {f"b_{layer}": np.full(n, forget_bias if layer == "f" else 0.0) for layer in "fico"}

    assert name_of("init_params", from_the_last_layer) == "weights within ±1/n"


def test_a_right_cache_may_hold_more():
    def with_more(x, h_prev, c_prev, params):
        h, c, cache = reference.lstm_cell_forward(x, h_prev, c_prev, params)
        return h * 2, c, cache | {"z": len, "again": cache}

    def twice(x, h_prev, c_prev, params):
        h, c, cache = reference.lstm_cell_forward(x, h_prev, c_prev, params)
        return c, c, cache | {"z": len, "again": cache}

    assert name_of("lstm_cell_forward", with_more) == ""
    assert name_of("lstm_cell_forward", twice) == "c returned twice"


@pytest.mark.parametrize(
    ("got", "value", "same"),
    [
        (np.ones(3), np.ones(3) + 1e-12, True),
        (np.ones(3), np.ones(3) + 1e-6, False),
        ([1.0, 2.0], np.array([1.0, 2.0]), True),
        (np.ones(3), np.ones((1, 3)), False),
        (np.ones(3, dtype=np.float32), np.ones(3), False),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), True),
        ({"a": 1.0, "more": 2.0}, {"a": 1.0}, True),
        ({"more": 2.0}, {"a": 1.0}, False),
        ("uniform", "normal", False),
        (1.0, "normal", False),
        (None, np.ones(3), False),
        ((1.0,), (1.0, 2.0), False),
    ],
)
def test_alike(got, value, same):
    assert alike(got, value) is same


def test_the_table(capsys):
    text = "\n".join(lines(list(measured(["gates"], seeds=[3]))[:3]))
    assert "check_sigmoid" in text and "tanh for σ" in text
    assert "3 misconceptions: caught on 100.00% of 3 trials" in text
    with pytest.raises(SystemExit, match="2"):
        main(["misconceptions", "gate"])
    assert "there is no assignment 'gate': did you mean 'gates'?" in capsys.readouterr().err
