"""The reference against values and gradients of PyTorch in float64, stored by make_pytorch_vectors.py."""

from functools import partial

import numpy as np
import pytest

from autograder import reference
from lstmbook import layouts

agree = partial(np.testing.assert_allclose, rtol=0, atol=1e-12, strict=True)
both_shapes = pytest.mark.parametrize("shape", ["one example", "a batch"])


@pytest.fixture(scope="module")
def cases(stored):
    return stored("pytorch")


def gradients_from_pytorch(weight_ih, weight_hh, bias_ih, bias_hh):
    """As of parameters, but for the bias: each of PyTorch's two has the whole gradient of their sum."""
    agree(bias_ih, bias_hh)
    return layouts.lstm_from_pytorch(weight_ih, weight_hh, bias_ih, np.zeros_like(bias_hh))


def agree_in_all(actual, expected):
    assert actual.keys() == expected.keys()
    for name in expected:
        agree(actual[name], expected[name], err_msg=name)


@pytest.mark.parametrize("shape", ["one example", "a batch", "a batch, one step"])
def test_lstm(cases, shape):
    case = cases[f"lstm, {shape}"]
    params = layouts.lstm_from_pytorch(**case["weights"])
    hs, cs, caches = reference.lstm_forward(**case["inputs"], params=params)
    agree(hs, case["outputs"]["hs"])
    agree(hs[-1], case["outputs"]["h_last"])
    agree(cs[-1], case["outputs"]["c_last"])

    dhs = case["d_outputs"]["hs"].copy()
    dhs[-1] += case["d_outputs"]["h_last"]
    dxs, dh0, dc0, grads = reference.lstm_backward(dhs, caches, params)
    agree_in_all(dict(xs=dxs, h0=dh0, c0=dc0), case["d_inputs"])
    agree_in_all(grads, gradients_from_pytorch(**case["d_weights"]))


@both_shapes
def test_lstm_cell(cases, shape):
    case = cases[f"lstm cell, {shape}"]
    params = layouts.lstm_from_pytorch(**case["weights"])
    h, c, cache = reference.lstm_cell_forward(**case["inputs"], params=params)
    agree_in_all(dict(h=h, c=c), case["outputs"])

    dx, dh_prev, dc_prev, grads = reference.lstm_cell_backward(*case["d_outputs"].values(), cache, params)
    agree_in_all(dict(x=dx, h_prev=dh_prev, c_prev=dc_prev), case["d_inputs"])
    agree_in_all(grads, gradients_from_pytorch(**case["d_weights"]))


def layer_of(weights, suffix):
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return layouts.lstm_from_pytorch(**{name: weights[name + suffix] for name in names})


@both_shapes
def test_stacked(cases, shape):
    case = cases[f"stacked, {shape}"]
    layers = [layer_of(case["weights"], suffix) for suffix in ("_l0", "_l1")]
    agree(reference.stacked_forward(case["xs"], layers), case["hs"])


@both_shapes
def test_bidirectional(cases, shape):
    case = cases[f"bidirectional, {shape}"]
    directions = [layer_of(case["weights"], suffix) for suffix in ("_l0", "_l0_reverse")]
    agree(reference.bidirectional_forward(case["xs"], *directions), case["hs"])


@both_shapes
def test_gru_cell(cases, shape):
    """Where both agree: PyTorch's GRU resets after the multiplication, but here W_hn is diagonal and b_hn zero."""
    case = cases[f"gru cell, {shape}"]

    def from_pytorch(weight_ih, weight_hh, bias_ih):
        layers = zip("rzh", np.split(np.concatenate([weight_hh, weight_ih], axis=1), 3), np.split(bias_ih, 3))
        return {f"{kind}_{layer}": value for layer, W, b in layers for kind, value in (("W", W), ("b", b))}

    weights, d_weights = case["weights"], case["d_weights"]
    params = from_pytorch(weights["weight_ih"], weights["weight_hh"], weights["bias_ih"] + weights["bias_hh"])
    h, cache = reference.gru_cell_forward(**case["inputs"], params=params)
    agree(h, case["outputs"]["h"])

    dx, dh_prev, grads = reference.gru_cell_backward(case["d_outputs"]["h"], cache, params)
    agree_in_all(dict(x=dx, h_prev=dh_prev), case["d_inputs"])
    expected = from_pytorch(d_weights["weight_ih"], d_weights["weight_hh"], d_weights["bias_ih"])
    n = h.shape[-1]
    off_diagonal = np.pad(~np.eye(n, dtype=bool), [(0, 0), (0, dx.shape[-1])])  # there the two functions part
    grads["W_h"][off_diagonal] = expected["W_h"][off_diagonal] = 0
    agree_in_all(grads, expected)


@pytest.mark.parametrize("settings", ["default", "other settings"])
def test_adam(cases, settings):
    case = cases[f"adam, {settings}"]
    options = dict(case["options"])
    if "betas" in options:
        options["beta1"], options["beta2"] = options.pop("betas")
    params, state = case["start"], None
    for grads, expected in zip(case["grads"], case["path"], strict=True):
        params, state = reference.adam_step(params, grads, state, **options)
        agree_in_all(params, expected)


def test_to_pytorch_and_back(cases):
    weights = cases["lstm cell, a batch"]["weights"]
    params = layouts.lstm_from_pytorch(**weights)
    again = layouts.lstm_to_pytorch(params)
    agree(again["weight_ih"], weights["weight_ih"])
    agree(again["weight_hh"], weights["weight_hh"])
    agree(again["bias_ih"] + again["bias_hh"], weights["bias_ih"] + weights["bias_hh"])
    agree_in_all(layouts.lstm_from_pytorch(**again), params)
