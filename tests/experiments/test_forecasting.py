"""Forecasts on equal terms: nothing is learned from, or scaled by, what comes later."""

import numpy as np
import pytest

from experiments import forecasts
from experiments.forecasting import (
    SCALES,
    Series,
    linear_fit,
    linear_forecast,
    lstm_batches,
    lstm_forecast,
    lstm_inputs,
    repeated,
    rmse,
    scaled,
)
from experiments.training import FUSED, init


def series(values, training=60, validation=80):
    """A series with two inputs and a calendar of three."""
    rng, N = np.random.default_rng(1), len(values)
    calendar = np.eye(3)[np.arange(N) % 3]
    return Series(np.array(values), rng.normal(size=(N, 2)), calendar, calendar, training, validation)


@pytest.fixture
def positive():
    return series(np.exp(np.random.default_rng(0).normal(size=100)))


def changed_from(given, step):
    """The same series until a step, and another from there on; the calendar is known beforehand and stays."""
    values, inputs = given.values.copy(), given.inputs.copy()
    values[step:] *= 7
    inputs[step:] -= 5
    return given._replace(values=values, inputs=inputs)


@pytest.mark.parametrize("scale", SCALES)
def test_forecasts_do_not_know_what_comes_later(positive, scale):
    starts = np.array([82, 90])
    params = init(FUSED, 6, 4, 1, np.random.default_rng(2))
    for order in (1, 5):
        forecasts = []
        for given in (positive, changed_from(positive, 90)):
            data = scaled(given, scale)
            weights = linear_fit(data, given.calendar, order, 5)
            forecasts.append(
                [
                    linear_forecast(data, given.calendar, order, weights, starts, 4),
                    lstm_forecast(data, params, order, starts, 4),
                    repeated(given, 3, starts, 4),
                ]
            )
        for one, other in zip(*forecasts, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12)


def test_the_scale_and_the_batches_are_the_training_parts(positive):
    one, other = (scaled(given, "as they are") for given in (positive, changed_from(positive, 60)))
    assert (one.mean, one.std) == (other.mean, other.std) and np.array_equal(one.inputs[:60], other.inputs[:60])
    assert np.isclose(one.us[:60].mean(), 0) and np.isclose(one.us[:60].std(), 1)
    drawn = [list(lstm_batches(data, 6, 200, 3, np.random.default_rng(3))) for data in (one, other)]
    for (xs, targets, asked), again in zip(*drawn, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip((xs, targets, asked), again, strict=True))
        assert np.array_equal(targets[:-1, :, 0], xs[1:, :, 0]) and np.isin(targets, one.us[:60]).all()
        assert asked[:3].sum() == 0 and asked[3:].all()


@pytest.mark.parametrize("scale", SCALES)
def test_scales_lead_back(positive, scale):
    data, starts = scaled(positive, scale), np.array([5, 30])
    us = np.stack([data.us[starts + k] for k in range(3)])
    np.testing.assert_allclose(data.in_units(us, starts), [positive.values[starts + k] for k in range(3)])


def test_a_linear_rule_is_found_and_followed():
    values = [4.0, 5.0]
    for _ in range(98):
        values.append(1 + 1.6 * values[-1] - 0.9 * values[-2])
    given = series(values)._replace(inputs=np.empty((100, 0)))
    data, nothing = scaled(given, "as they are"), np.empty((100, 0))
    weights = linear_fit(data, nothing, 2, 2)
    np.testing.assert_allclose(weights[1:], [-0.9, 1.6], rtol=1e-6)
    starts = np.array([60, 70])
    ahead = linear_forecast(data, nothing, 2, weights, starts, 20)
    assert np.all(rmse(ahead, starts, given.values) < 1e-6)


def test_an_lstm_goes_on_with_what_it_said(positive):
    data, starts = scaled(positive, "as they are"), np.array([40])
    params = init(FUSED, 6, 4, 1, np.random.default_rng(2))
    first, second = lstm_forecast(data, params, 5, starts, 2)[:, 0]
    us, inputs = data.us.copy(), data.inputs.copy()
    us[40], inputs[40] = (first - data.mean) / data.std, inputs[39]
    said = data._replace(us=us, inputs=inputs)
    assert np.isclose(lstm_forecast(said, params, 6, np.array([41]), 1)[0, 0], second)
    assert lstm_inputs(data).shape == (100, 6)


def test_repeated_values_are_known_ones():
    given, starts = series(np.arange(100.0)), np.array([50])
    assert repeated(given, 1, starts, 3)[:, 0].tolist() == [49, 49, 49]
    assert repeated(given, 3, starts, 7)[:, 0].tolist() == [47, 48, 49, 47, 48, 49, 47]


def test_the_parts_are_where_the_chapter_says():
    sizes = {name: (len(make().values), make().training, make().validation) for name, make in forecasts.SERIES.items()}
    assert sizes == {"sunspots": (309, 200, 250), "bikes": (17544, 13128, 15336), "oil": (8321, 4799, 6056)}
