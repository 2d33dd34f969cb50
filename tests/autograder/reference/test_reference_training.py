"""The adding problem: its data, and the contract's bar on seeds that were not chosen."""

import numpy as np
import pytest

from autograder import reference
from autograder.reference.training import adding_problem


@pytest.mark.parametrize("T", [3, 7, 20])
def test_adding_problem(T):
    xs, targets = adding_problem(np.random.default_rng(0), T, B=2000)
    values, marks = xs[..., 0], xs[..., 1]
    assert xs.shape == (T, 2000, 2) and targets.shape == (2000,)
    assert 0 <= values.min() and values.max() <= 1
    assert set(np.unique(marks)) == {0, 1}
    assert np.all(marks[: T // 2].sum(axis=0) == 1) and np.all(marks[T // 2 :].sum(axis=0) == 1)
    assert np.all(marks.sum(axis=1) > 0)  # every step is marked at times
    np.testing.assert_allclose(targets, np.sum(values * marks, axis=0))
    assert abs(np.mean((1 - targets) ** 2) - 1 / 6) < 0.02  # always answering 1


def error(predict, B=500):
    xs, targets = adding_problem(np.random.default_rng(2026), T=20, B=B)
    answers = predict(xs)
    assert answers.shape == (B,) and answers.dtype == np.float64
    return np.mean((answers - targets) ** 2)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_train_adding_solves_it(seed):
    predict = reference.train_adding(np.random.default_rng(seed))
    assert error(predict) < 0.02
    assert error(predict, B=1) < 0.1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_training_it_does_not(seed):
    assert error(reference.train_adding(np.random.default_rng(seed), steps=0)) > 1 / 6


def test_predict_leaves_its_argument_alone():
    xs, targets = adding_problem(np.random.default_rng(0), T=20, B=3)
    xs.flags.writeable = False
    predict = reference.train_adding(np.random.default_rng(0), steps=2)
    np.testing.assert_array_equal(predict(xs), predict(xs))
