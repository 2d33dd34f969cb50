"""Gradients of the experiments' networks against central differences; and that training trains."""

from itertools import islice, repeat

import numpy as np
import pytest

from autograder.reference import numerical_gradient
from experiments import pitfalls
from experiments.training import FUSED, LSTM, RNN, cross_entropy, init, loss_and_gradients, squared_error, train


@pytest.mark.parametrize("error", [squared_error, cross_entropy])
@pytest.mark.parametrize(
    "network",
    [LSTM, FUSED, RNN, pitfalls.network(), pitfalls.network(shown="c")],
    ids=["LSTM", "fused", "RNN", "a pitfall's, read from h", "a pitfall's, read from c"],
)
def test_gradients(network, error):
    rng = np.random.default_rng(0)
    T, B, m, n, k = 5, 3, 2, 4, 3
    params = init(network, m, n, k, rng)
    xs, targets = rng.normal(size=(T, B, m)), np.eye(k)[rng.integers(0, k, size=(T, B))]
    asked = rng.integers(0, 2, size=(T, B)).astype(float)
    states = tuple(rng.normal(size=(B, n)) for _ in range(network.states))

    def loss(params):
        return loss_and_gradients(xs, targets, asked, states, params, network, error)[0]

    _, grads, _ = loss_and_gradients(xs, targets, asked, states, params, network, error)
    assert set(grads) == set(params)
    for name in params:
        numerical = numerical_gradient(lambda array: loss(params | {name: array}), params[name])
        np.testing.assert_allclose(grads[name], numerical, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("network", [LSTM, RNN], ids=["LSTM", "RNN"])
def test_states_go_on_from_batch_to_batch(network):
    rng = np.random.default_rng(1)
    params = init(network, 2, 3, 1, rng)
    xs, targets, asked = rng.normal(size=(6, 2, 2)), rng.normal(size=(6, 2, 1)), np.ones((6, 2))
    halves = [(xs[:3], targets[:3], asked[:3]), (xs[3:], targets[3:], asked[3:])]

    def losses(**settings):
        return [loss for _, loss, _ in train(params, network, halves, squared_error, lr=0.0, **settings)]

    start = (np.zeros((2, 3)),) * network.states
    whole = loss_and_gradients(xs, targets, asked, start, params, network, squared_error)[0]
    assert np.mean(losses(keep_states=True)) == pytest.approx(whole, rel=1e-12)
    assert abs(np.mean(losses()) - whole) > 1e-6


@pytest.mark.parametrize("network", [LSTM, RNN], ids=["LSTM", "RNN"])
def test_training_lowers_the_loss_and_changes_no_argument(network):
    rng = np.random.default_rng(2)
    params = init(network, 2, 4, 1, rng)
    before = {name: value.copy() for name, value in params.items()}
    batch = rng.normal(size=(5, 8, 2)), rng.normal(size=(5, 8, 1)), np.ones((5, 8))
    losses = [loss for _, loss, _ in islice(train(params, network, repeat(batch), squared_error, lr=0.02), 60)]
    assert losses[-1] < 0.8 * losses[0]
    for name in params:
        np.testing.assert_array_equal(params[name], before[name])


def test_an_open_forget_gate_stays_open():
    """An infinite bias is the LSTM of 1997, which had no forget gate."""
    rng = np.random.default_rng(3)
    params = init(LSTM, 2, 4, 1, rng) | {"b_f": np.full(4, np.inf)}
    W_f = params["W_f"]
    batch = rng.normal(size=(5, 8, 2)), rng.normal(size=(5, 8, 1)), np.ones((5, 8))
    for params, _, _ in islice(train(params, LSTM, repeat(batch), squared_error, lr=0.02), 3):
        assert np.all(np.isposinf(params["b_f"]))
    np.testing.assert_array_equal(params["W_f"], W_f)
