"""The figures that are set by sliders, without a browser: traits in Python, and their arithmetic against the reference."""

import autograd.numpy as anp
import numpy as np
import pytest
import traitlets
from autograd import grad

from autograder import reference
from lstmbook.widgets import ClippingFigure, ForgetBiasFigure, RoadFigure

T = 100


def left_in_rnn(w, steps):
    """∂h_steps / ∂h_0 of h_t = tanh(w h_{t−1}) from h_0 = tanh(1), by automatic differentiation."""

    def last(h):
        for _ in range(steps):
            h = anp.tanh(w * h)
        return h

    return grad(last)(np.tanh(1.0))


@pytest.fixture(scope="module")
def vectors():
    """Inputs and the reference's outputs."""
    rng = np.random.default_rng(12)
    biases, lags = np.linspace(-2, 8, 11), [1, 2, 20, 50, 100]
    clippings = [(rng.normal(size=2) * 3, limit) for limit in (0.0, 0.5, 2.5, 100.0)] + [(np.zeros(2), 1.0), (np.zeros(2), 0.0)]
    vectors = {
        "roads": [[f, reference.gradient_highway(np.full((T + 1, 1), f))[::-1, 0]] for f in (0.0, 0.5, 0.731, 0.999, 1.0)],
        "rnn": [[w, [left_in_rnn(w, steps) for steps in range(0, 31)]] for w in (0.0, 0.8, 1.0, 1.5, 2.0)],
        "gates": [biases, reference.sigmoid(biases)],
        "lags": lags,
        "clippings": [],
    }
    for gradient, limit in clippings:
        clipped, norm = reference.clip_gradients({"W": gradient[:1], "b": gradient[1:]}, limit)
        vectors["clippings"].append([gradient, limit, norm, [clipped["W"][0], clipped["b"][0]]])
    return vectors


@pytest.mark.parametrize("script", ["dials.test.mjs", "roads.test.mjs"])
def test_the_scripts_agree_with_the_reference(in_node, script, vectors):
    in_node(f"dials/{script}", vectors)


@pytest.mark.parametrize(
    ("figure", "shown", "refused"),
    [
        (RoadFigure, "RoadFigure(f=0.731, w=1, T=30)", {"f": 1.1, "w": -0.1, "T": 0}),
        (ForgetBiasFigure, "ForgetBiasFigure(b_f=1, lag=30)", {"b_f": 9, "lag": 2.5}),
        (ClippingFigure, "ClippingFigure(g_W=3, g_b=4, max_norm=2.5)", {"g_W": 5.5, "g_b": "up", "max_norm": -1}),
    ],
)
def test_they_hold_what_their_pictures_have_and_nothing_else(figure, shown, refused):
    widget = figure()
    assert repr(widget) == shown
    for name, value in refused.items():
        with pytest.raises(traitlets.TraitError, match=name):
            setattr(widget, name, value)
    assert repr(widget) == shown
    for preset in widget.presets:
        for name, value in preset["set"].items():
            setattr(widget, name, value)
    mime_types, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in mime_types


def test_what_the_buttons_say_is_so():
    sigma = reference.sigmoid
    half_life = lambda f: np.log(0.5) / np.log(f)  # noqa: E731
    assert round(1e5 * sigma(1.0) ** 30) == 8 and round(0.99**100, 2) == 0.37 and round(0.5**30 * 1e9) == 1
    assert round(left_in_rnn(1.0, 4), 2) == 0.23 and left_in_rnn(1.5, 30) < left_in_rnn(1.0, 30)
    assert np.array_equal(np.round(half_life(sigma(np.array([0.0, 1, 2, 5])))), [1, 2, 5, 103])
    assert round(half_life(sigma(5.0)) / half_life(sigma(1.0))) == 47
