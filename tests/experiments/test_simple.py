"""The classifiers that networks are compared with, beside what is known of them."""

import numpy as np

from experiments.simple import gaussians, logistic_regression, nearest

RNG = np.random.default_rng(0)
LABELS = np.repeat([0, 1, 2], 40)
ROWS = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])[LABELS] + RNG.normal(size=(120, 2))


def test_logistic_regression_is_at_its_minimum():
    weights = np.array([1.0, 2.0, 3.0])[LABELS]
    scores = logistic_regression(ROWS, LABELS, 3, decay=0.01, weights=weights, steps=3000)(ROWS)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    W = np.linalg.lstsq(np.c_[ROWS, np.ones(120)], scores, rcond=None)[0][:2].T  # (3, 2)
    slopes = ((p - np.eye(3)[LABELS]) * weights[:, None] / weights.sum()).T @ ROWS + 0.01 * W
    np.testing.assert_allclose(slopes, 0, atol=1e-5)
    assert np.mean(scores.argmax(axis=1) == LABELS) > 0.85


def test_nearest_neighbours():
    score = nearest(np.array([[0.0], [1.0], [2.0], [10.0]]), np.array([0, 1, 1, 0]), 2, neighbours=3)
    np.testing.assert_array_equal(score(np.array([[-1.0], [9.0]])).argmax(axis=1), [1, 1])
    single = nearest(ROWS, LABELS, 3, neighbours=1)
    np.testing.assert_array_equal(single(ROWS).argmax(axis=1), LABELS)


def test_of_two_equal_votes_the_nearer_one_counts():
    score = nearest(np.array([[0.0], [1.0]]), np.array([0, 1]), 2, neighbours=2)
    np.testing.assert_array_equal(score(np.array([[0.4], [0.6]])).argmax(axis=1), [0, 1])


def test_gaussians_give_the_logarithm_of_a_density():
    frames = [ROWS[:20], ROWS[20:40], ROWS[40:80], ROWS[80:]]
    at = np.array([[0.5, -0.5]])
    densities = gaussians(frames, np.array([0, 0, 1, 2]), 3, shrink=0.0)(at)[0]
    for c in range(3):
        rows = ROWS[LABELS == c]
        mean, covariance = rows.mean(axis=0), np.cov(rows.T)
        off = (at - mean)[0]
        expected = -0.5 * off @ np.linalg.solve(covariance, off) - 0.5 * np.log(np.linalg.det(covariance))
        np.testing.assert_allclose(densities[c], expected, rtol=1e-10)
