"""The backward passes against automatic differentiation of the equations, by the library autograd.

The equations stand here once more, in autograd's NumPy; their values are compared too.
"""

from functools import partial

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder import reference

agree = partial(np.testing.assert_allclose, rtol=0, atol=1e-12, strict=True)


def logistic(z):
    return 1 / (1 + anp.exp(-z))


def layer(params, name, h, x):
    return anp.concatenate([h, x], axis=-1) @ params[f"W_{name}"].T + params[f"b_{name}"]


def lstm_cell(x, h, c, params):
    c_new = logistic(layer(params, "f", h, x)) * c + logistic(layer(params, "i", h, x)) * anp.tanh(
        layer(params, "c", h, x)
    )
    return logistic(layer(params, "o", h, x)) * anp.tanh(c_new), c_new


def peephole_cell(x, h, c, params):
    f = logistic(layer(params, "f", h, x) + params["p_f"] * c)
    i = logistic(layer(params, "i", h, x) + params["p_i"] * c)
    c_new = f * c + i * anp.tanh(layer(params, "c", h, x))
    return logistic(layer(params, "o", h, x) + params["p_o"] * c_new) * anp.tanh(c_new), c_new


def gru_cell(x, h, params):
    z, r = logistic(layer(params, "z", h, x)), logistic(layer(params, "r", h, x))
    return (1 - z) * anp.tanh(layer(params, "h", r * h, x)) + z * h


def agree_in_all(actual, expected):
    assert actual.keys() == expected.keys()
    for name in expected:
        agree(actual[name], expected[name], err_msg=name)


@pytest.mark.parametrize("variant", ["lstm", "peephole"])
def test_cells_with_a_cell_state(variant, request, inputs):
    params = request.getfixturevalue(variant)
    equations = {"lstm": lstm_cell, "peephole": peephole_cell}[variant]
    x, h_prev, c_prev, dh, dc = (inputs[name] for name in ("x", "h_prev", "c_prev", "dh", "dc"))

    h, c, cache = getattr(reference, f"{variant}_cell_forward")(x, h_prev, c_prev, params)
    for actual, expected in zip((h, c), equations(x, h_prev, c_prev, params), strict=True):
        agree(actual, expected)

    def loss(x, h_prev, c_prev, params):
        h, c = equations(x, h_prev, c_prev, params)
        return anp.sum(dh * h) + anp.sum(dc * c)

    *expected, expected_grads = grad(loss, (0, 1, 2, 3))(x, h_prev, c_prev, params)
    *actual, grads = getattr(reference, f"{variant}_cell_backward")(dh, dc, cache, params)
    for one, other in zip(actual, expected, strict=True):
        agree(one, other)
    agree_in_all(grads, expected_grads)


def test_gru_cell(gru, inputs):
    x, h_prev, dh = (inputs[name] for name in ("x", "h_prev", "dh"))
    h, cache = reference.gru_cell_forward(x, h_prev, gru)
    agree(h, gru_cell(x, h_prev, gru))

    def loss(x, h_prev, params):
        return anp.sum(dh * gru_cell(x, h_prev, params))

    expected_dx, expected_dh_prev, expected_grads = grad(loss, (0, 1, 2))(x, h_prev, gru)
    dx, dh_prev, grads = reference.gru_cell_backward(dh, cache, gru)
    agree(dx, expected_dx)
    agree(dh_prev, expected_dh_prev)
    agree_in_all(grads, expected_grads)


def through_time(xs, h, c, params):
    hs, cs = [], []
    for x in xs:
        h, c = lstm_cell(x, h, c, params)
        hs.append(h)
        cs.append(c)
    return hs, cs


def test_sequence(lstm, inputs):
    """A loss on every hidden state, the last among them."""
    xs, h0, c0, dhs = (inputs[name] for name in ("xs", "h_prev", "c_prev", "dhs"))
    hs, cs, caches = reference.lstm_forward(xs, h0, c0, lstm)
    for actual, expected in zip((hs, cs), through_time(xs, h0, c0, lstm), strict=True):
        agree(actual, np.stack(expected))

    def loss(xs, h0, c0, params):
        hs, cs = through_time(xs, h0, c0, params)
        return sum(anp.sum(dh * h) for dh, h in zip(dhs, hs, strict=True))

    *expected, expected_grads = grad(loss, (0, 1, 2, 3))(xs, h0, c0, lstm)
    *actual, grads = reference.lstm_backward(dhs, caches, lstm)
    for one, other in zip(actual, expected, strict=True):
        agree(one, other)
    agree_in_all(grads, expected_grads)


def test_cells_chained_with_a_loss_on_the_last_cell_state(lstm, inputs):
    """What `lstm_backward` has no argument for: dc of the last step."""
    xs, h0, c0, dhs, dc = (inputs[name] for name in ("xs", "h_prev", "c_prev", "dhs", "dc"))
    hs, cs, caches = reference.lstm_forward(xs, h0, c0, lstm)

    def loss(xs, h0, c0):
        hs, cs = through_time(xs, h0, c0, lstm)
        return sum(anp.sum(dh * h) for dh, h in zip(dhs, hs, strict=True)) + anp.sum(dc * cs[-1])

    dh_next, dc_next = np.zeros_like(h0), dc
    for dh, cache in zip(dhs[::-1], caches[::-1], strict=True):
        dx, dh_next, dc_next, grads = reference.lstm_cell_backward(dh + dh_next, dc_next, cache, lstm)
    expected_dxs, expected_dh0, expected_dc0 = grad(loss, (0, 1, 2))(xs, h0, c0)
    agree(dx, expected_dxs[0])
    agree(dh_next, expected_dh0)
    agree(dc_next, expected_dc0)


def test_caches_and_gradients_in_other_containers(lstm, inputs):
    """A tuple of caches, a list of gradients, and keys that the backward pass does not know."""
    hs, cs, caches = reference.lstm_forward(inputs["xs"], inputs["h_prev"], inputs["c_prev"], lstm)
    expected = reference.lstm_backward(inputs["dhs"], caches, lstm)
    actual = reference.lstm_backward(list(inputs["dhs"]), tuple(cache | {"note": 1} for cache in caches), lstm)
    for one, other in zip(actual[:3], expected[:3], strict=True):
        agree(one, other)
    agree_in_all(actual[3], expected[3])
