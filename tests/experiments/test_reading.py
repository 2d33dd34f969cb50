"""Sequences of different lengths: what stands behind a sequence's end changes neither its answer nor its gradients."""

import numpy as np
import pytest

from autograder.reference import bidirectional_forward, lstm_forward, numerical_gradient
from experiments.reading import BOTH_WAYS, MEAN, both_ways, last_steps
from experiments.training import FUSED, answers, cross_entropy, init, loss_and_gradients, zero_states

NETWORKS = {"last": FUSED, "mean": MEAN, "both ways": BOTH_WAYS}
LENGTHS = np.array([4, 2, 5])


def batch(name, filling=0.0):
    """Three sequences of lengths 4, 2 and 5, filled up."""
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(5, 3, 2))
    xs[np.arange(5)[:, None] >= LENGTHS] = filling
    return both_ways(xs, LENGTHS) if name == "both ways" else xs


def network(name):
    return init(NETWORKS[name], 4 if name == "both ways" else 2, 4, 3, np.random.default_rng(1))


def at_the_end(values):
    return values[LENGTHS - 1, np.arange(3)]


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients(name):
    params, xs, targets = network(name), batch(name), np.broadcast_to(np.eye(3)[[0, 2, 1]], (5, 3, 3))
    start, asked = zero_states(NETWORKS[name], params, 3), last_steps(LENGTHS, 5)

    def loss(params):
        return loss_and_gradients(xs, targets, asked, start, params, NETWORKS[name], cross_entropy)[0]

    _, grads, _ = loss_and_gradients(xs, targets, asked, start, params, NETWORKS[name], cross_entropy)
    assert set(grads) == set(params)
    for key in params:
        numerical = numerical_gradient(lambda array: loss(params | {key: array}), params[key])
        np.testing.assert_allclose(grads[key], numerical, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", NETWORKS)
def test_what_stands_behind_the_end_does_not_matter(name):
    params, start = network(name), zero_states(NETWORKS[name], network(name), 3)
    ys = [answers(batch(name, filling), start, params, NETWORKS[name])[0] for filling in (0.0, 7.0)]
    np.testing.assert_array_equal(at_the_end(ys[0]), at_the_end(ys[1]))
    assert not np.allclose(ys[0][-1], ys[1][-1])  # but behind the end it does


def test_what_is_read_out():
    """Beside the plain reference, each sequence alone and without any filling."""
    for name in NETWORKS:
        params = network(name)
        _, hs, *_ = answers(batch(name), zero_states(NETWORKS[name], params, 3), params, NETWORKS[name])
        for b, length in enumerate(LENGTHS):
            xs = batch("last")[:length, b]
            if name == "both ways":
                right, left = ({key[2:]: params[key] for key in params if key.startswith(way)} for way in ("r_", "l_"))
                states = bidirectional_forward(xs, right, left)
                expected = np.concatenate([states[-1, :2], states[0, 2:]])  # each half where it has read everything
            else:
                states, _, _ = lstm_forward(xs, np.zeros(4), np.zeros(4), params)
                expected = states.mean(axis=0) if name == "mean" else states[-1]
            np.testing.assert_allclose(at_the_end(hs)[b], expected, rtol=1e-12)
