"""Values that can be worked out without another library."""

from decimal import Decimal
from functools import partial

import numpy as np
import pytest

from autograder import reference
from lstmbook import numbers

agree = partial(np.testing.assert_allclose, rtol=0, atol=1e-12)


@pytest.mark.parametrize("x", [-745.0, -700, -40, -3, -1e-9, 0, 1e-300, 0.3, 20, 40, 700])
def test_sigmoid_is_accurate_in_both_tails(x):
    exact = 1 / (1 + Decimal(-x).exp())
    np.testing.assert_allclose(reference.sigmoid(x), float(exact), rtol=4e-16, atol=5e-324)


def test_sigmoid_at_the_ends_of_the_numbers():
    huge = np.finfo(float).max
    np.testing.assert_array_equal(reference.sigmoid([-np.inf, -huge, -1e4, 1e4, huge, np.inf]), [0, 0, 0, 1, 1, 1])
    assert np.isnan(reference.sigmoid(np.nan))


@pytest.mark.parametrize("x", [0, 0.0, True, np.float32(1), [1, 2], [[1], [2]], (), np.zeros((0, 3)), np.arange(3)])
def test_sigmoid_keeps_the_shape_of_anything(x):
    result = reference.sigmoid(x)
    assert np.shape(result) == np.shape(x)
    assert result.dtype == np.float64


def test_the_documents_numbers_as_lists_and_batches():
    batch = [numbers.C_PREV, numbers.C_PREV]
    agree(reference.update_cell(batch, numbers.F, numbers.I, numbers.C_TILDE), [numbers.C, numbers.C])
    agree(np.multiply(numbers.F, numbers.C_PREV), numbers.KEPT)
    agree(np.multiply(numbers.I, numbers.C_TILDE), numbers.ADDED)
    np.testing.assert_allclose(reference.hidden_state(numbers.O, numbers.C), numbers.H, atol=5e-5)
    agree(np.multiply(numbers.O, numbers.TANH_C_PRINTED), numbers.H_PRINTED)


def test_init_params():
    m, n = 7, 100
    params = reference.init_params(m, n, np.random.default_rng(0))
    assert list(params) == ["W_f", "b_f", "W_i", "b_i", "W_c", "b_c", "W_o", "b_o"]
    for layer in "fico":
        W, b = params[f"W_{layer}"], params[f"b_{layer}"]
        assert W.shape == (n, n + m) and b.shape == (n,) and W.dtype == b.dtype == np.float64
        assert 0.099 < W.max() <= 0.1 and -0.1 <= W.min() < -0.099
        assert abs(W.std() - 0.1 / np.sqrt(3)) < 1e-3  # of the uniform distribution
        assert np.all(b == (1 if layer == "f" else 0))
    assert not np.array_equal(params["W_f"], params["W_i"])
    again = reference.init_params(m, n, np.random.default_rng(0), forget_bias=-2)
    assert np.array_equal(again["W_o"], params["W_o"]) and np.all(again["b_f"] == -2)


def test_numerical_gradient_is_the_central_difference_of_the_given_step():
    a = np.array([[1.0, -2.0], [0.0, 3.0]])
    agree(reference.numerical_gradient(lambda a: np.sum(a**3), a, eps=0.1), 3 * a**2 + 0.1**2)
    assert reference.numerical_gradient(lambda a: float(a) ** 2, np.array(3.0), eps=0.5).shape == ()


def test_numerical_gradient_confirms_the_backward_pass(lstm, inputs):
    xs, h0, c0, dhs = (inputs[name] for name in ("xs", "h_prev", "c_prev", "dhs"))
    hs, cs, caches = reference.lstm_forward(xs, h0, c0, lstm)
    dxs, dh0, dc0, grads = reference.lstm_backward(dhs, caches, lstm)
    for name in ("W_f", "b_c"):

        def loss(array):
            return np.sum(dhs * reference.lstm_forward(xs, h0, c0, lstm | {name: array})[0])

        np.testing.assert_allclose(reference.numerical_gradient(loss, lstm[name]), grads[name], atol=1e-7)


def test_clip_gradients():
    rng = np.random.default_rng(0)
    grads = {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=2)}
    exact = np.linalg.norm(np.concatenate([grads["W"].ravel(), grads["b"]]))
    for max_norm in (0.0, 0.1, exact * 0.999):
        clipped, norm = reference.clip_gradients(grads, max_norm)
        agree(norm, exact)
        for name in grads:
            agree(clipped[name], grads[name] * max_norm / exact)
    clipped, norm = reference.clip_gradients(grads, exact * 1.001)
    assert all(np.array_equal(clipped[name], grads[name]) for name in grads)


@pytest.mark.parametrize("max_norm", [0, 1])
def test_clip_gradients_of_zero(max_norm):
    clipped, norm = reference.clip_gradients({"W": np.zeros((2, 3)), "b": np.zeros(2)}, max_norm)
    assert norm == 0 and not clipped["W"].any() and clipped["b"].shape == (2,)


def test_gradient_highway(rng, steps, batch):
    fs = rng.uniform(size=(steps, *batch, 4))
    fs[0] = 0  # no row has the first gate in it
    fs[steps // 2, ..., 1] = 0
    expected = [np.prod(fs[k + 1 :], axis=0) for k in range(steps)]
    agree(reference.gradient_highway(fs), expected, strict=False)


def test_gradient_highway_is_the_way_back_of_cells_whose_gates_do_not_look_at_h(rng):
    params = reference.init_params(m=2, n=3, rng=rng)
    for layer in "fico":
        params[f"W_{layer}"][:, :3] = 0
    hs, cs, caches = reference.lstm_forward(rng.normal(size=(6, 2)), np.zeros(3), np.zeros(3), params)
    highway = reference.gradient_highway(np.stack([cache["f"] for cache in caches]))
    dc = np.ones(3)
    for k in reversed(range(6)):
        agree(highway[k], dc)
        dx, dh_prev, dc, grads = reference.lstm_cell_backward(np.zeros(3), dc, caches[k], params)
