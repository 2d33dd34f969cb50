"""The reference against values of Keras in float64, stored by make_keras_vectors.py."""

from functools import partial

import numpy as np
import pytest

from autograder import reference
from lstmbook import layouts

agree = partial(np.testing.assert_allclose, rtol=0, atol=1e-12, strict=True)


@pytest.fixture(scope="module")
def cases(stored):
    return stored("keras")


def test_lstm(cases):
    case = cases["lstm"]
    hs, cs, caches = reference.lstm_forward(case["xs"], *case["states"], layouts.lstm_from_keras(**case["weights"]))
    agree(hs, case["hs"])
    agree(np.stack([hs[-1], cs[-1]]), case["last"])


def test_gru(cases):
    case = cases["gru"]
    params = layouts.gru_from_keras(**case["weights"])
    (h,), hs = case["states"], []
    for x in case["xs"]:
        h, cache = reference.gru_cell_forward(x, h, params)
        hs.append(h)
    agree(np.stack(hs), case["hs"])


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_to_keras_and_back(cases, name):
    weights = cases[name]["weights"]
    params = getattr(layouts, f"{name}_from_keras")(**weights)
    again = getattr(layouts, f"{name}_to_keras")(params)
    assert list(again) == list(weights)  # the order of set_weights
    for kind in weights:
        agree(again[kind], weights[kind])


def test_a_gru_that_resets_after_the_multiplication_is_refused(cases):
    with pytest.raises(ValueError, match=r"shape \(2, 12\).*reset_after=False"):
        layouts.gru_from_keras(**cases["gru, reset after"]["weights"])
