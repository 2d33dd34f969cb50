"""What forecasts the series of chapter 19: repeating a value, linear autoregressions, and LSTMs, on equal terms."""

from typing import NamedTuple

import numpy as np

from experiments.training import FUSED, answers, init, squared_error, train, zero_states
from lstmbook.series import columns


class Series(NamedTuple):
    """A series, and what else may be looked at; the parts follow each other in time.

    Attributes
    ----------
    values : ndarray of shape (N,)
        What is forecast, in its own units.
    inputs : ndarray of shape (N, k)
        Other measurements of each step; like the value itself, they are known when the step is over.
    calendar : ndarray of shape (N, j)
        What is known of each step long before.
    by_hand : ndarray of shape (N, l)
        The same calendar, as somebody writes it down who knows what matters.
    training, validation : int
        Where these parts end; the test goes on from there to N.
    """

    values: np.ndarray
    inputs: np.ndarray
    calendar: np.ndarray
    by_hand: np.ndarray
    training: int
    validation: int


def sunspots():
    """1700 to 1899, 1900 to 1949, and 1950 to 2008."""
    values = columns("sunspots")["sunspots"]
    nothing = np.empty((len(values), 0))
    return Series(values, nothing, nothing, nothing, 200, 250)


def bikes():
    """2011 to June 2012, July to September, October to December; the calendar has the hour, and working days."""
    table = columns("bikes")
    inputs = np.stack([table[name] for name in ("temperature", "humidity", "wind", "rain")], axis=1)
    hour = np.tile(np.eye(24), (len(table["bikes"]) // 24, 1))  # (N, 24)
    working = table["working_day"][:, None]
    calendar, by_hand = np.hstack([hour, working]), np.hstack([hour * working, hour * (1 - working)])
    return Series(table["bikes"], inputs, calendar, by_hand, 547 * 24, 639 * 24)


def oil():
    """1986 to 2004, 2005 to 2009, and 2010 to the beginning of 2019."""
    table = columns("oil")
    training, validation = np.searchsorted(table["day"], np.array(["2005-01-01", "2010-01-01"], "datetime64[D]"))
    nothing = np.empty((len(table["day"]), 0))
    return Series(table["dollars"], nothing, nothing, nothing, int(training), int(validation))


SERIES = {"sunspots": sunspots, "bikes": bikes, "oil": oil}
SCALES = {  # there; and back, where what comes before is known
    "as they are": (lambda values: values, lambda us, before: us),
    "square root": (np.sqrt, lambda us, before: np.maximum(us, 0) ** 2),
    "changes": (
        lambda values: np.diff(np.log(values), prepend=np.log(values[0])),
        lambda us, before: before * np.exp(us),
    ),
}


class Scaled(NamedTuple):
    """A series as models read it: mean 0 and standard deviation 1, as measured on the training part alone."""

    series: Series
    scale: str
    us: np.ndarray  # (N,)
    inputs: np.ndarray  # (N, k)
    mean: float
    std: float

    def in_units(self, us, starts):
        """Forecasts (ahead, B) that begin at `starts` (B,), in the units of the values."""
        value, values = self.series.values[starts - 1], []
        for u in us:
            value = SCALES[self.scale][1](u * self.std + self.mean, value)
            values.append(value)
        return np.stack(values)


def scaled(series, scale):
    """The series on one of `SCALES`."""
    us, seen = SCALES[scale][0](series.values), slice(series.training)
    mean, std = us[seen].mean(), us[seen].std()
    inputs = (series.inputs - series.inputs[seen].mean(axis=0)) / series.inputs[seen].std(axis=0)
    return Scaled(series, scale, (us - mean) / std, inputs, mean, std)


def rmse(forecasts, starts, values):
    """Root of the mean squared error, for each number of steps ahead: (ahead, B) → (ahead,)."""
    steps = np.arange(len(forecasts))[:, None]
    return np.sqrt(np.mean((forecasts - values[starts + steps]) ** 2, axis=1))


def repeated(series, season, starts, ahead):
    """The value one season before, and where that is not known yet either, the one before that."""
    k = np.arange(ahead)[:, None]
    return series.values[starts + k - season * (1 + k // season)]


def one_step_errors(series, forecast):
    """How far off ``forecast(starts, ahead)`` is, one step ahead, on the validation part and on the test part."""
    validation, test = np.arange(series.training, series.validation), np.arange(series.validation, len(series.values))
    return {
        "validation": rmse(forecast(validation, 1), validation, series.values)[0],
        "test": rmse(forecast(test, 1), test, series.values)[0],
    }


INPUTS_BACK = 24  # how many steps of other measurements a linear model reads at most


def regressors(us, inputs, calendar):
    """What a linear model multiplies: 1, the last values, other measurements, the calendar of the step to come.

    Parameters
    ----------
    us : ndarray of shape (order, B)
    inputs : ndarray of shape (up to 24, B, k)
    calendar : ndarray of shape (B, j)

    Returns
    -------
    ndarray of shape (B, 1 + …)
    """
    B = us.shape[1]
    return np.hstack([np.ones((B, 1)), us.T, np.moveaxis(inputs, 1, 0).reshape(B, -1), calendar])


def past(array, starts, steps):
    """The last `steps` entries before each of `starts`: (N, …) → (steps, B, …)."""
    return array[starts + np.arange(-steps, 0)[:, None]]


def linear_fit(data, calendar, order, first):
    """Least squares on the training part, from target `first` on; a solution of the smallest length."""
    targets = np.arange(first, data.series.training)
    rows = regressors(
        past(data.us, targets, order), past(data.inputs, targets, min(order, INPUTS_BACK)), calendar[targets]
    )
    return np.linalg.lstsq(rows, data.us[targets], rcond=None)[0]


def linear_forecast(data, calendar, order, weights, starts, ahead):
    """Step by step, each from its own forecasts before; other measurements stay as they were last seen."""
    us, inputs = past(data.us, starts, order), past(data.inputs, starts, min(order, INPUTS_BACK))
    for k in range(ahead):
        u = regressors(us[-order:], inputs, calendar[starts + k]) @ weights  # (B,)
        us = np.concatenate([us, u[None]])
        inputs = np.concatenate([inputs[1:], inputs[-1:]])
    return data.in_units(us[order:], starts)


def lstm_inputs(data):
    """At each step its value and measurements, and the calendar of the next: (N, 1 + k + j)."""
    return np.hstack([data.us[:, None], data.inputs, np.roll(data.series.calendar, -1, axis=0)])


def lstm_batches(data, window, size, steps, rng):
    """Windows of the training part, drawn at random; the second half of the answers counts."""
    xs, asked = lstm_inputs(data), np.repeat([0.0, 1.0], [window // 2, window - window // 2])[:, None]
    for _ in range(steps):
        starts = rng.integers(window, data.series.training, size)
        targets = past(data.us, starts + 1, window)[..., None]  # (T, B, 1)
        yield past(xs, starts, window), targets, np.tile(asked, size)


def lstm_forecast(data, params, window, starts, ahead):
    """From zero states through the window, then step by step, as `linear_forecast` goes on."""
    xs = past(lstm_inputs(data), starts, window)
    ys, _, states, _ = answers(xs, zero_states(FUSED, params, len(starts)), params, FUSED)
    us = [ys[-1]]  # each (B, 1)
    for k in range(1, ahead):
        x = np.hstack([us[-1], data.inputs[starts - 1], data.series.calendar[starts + k]])
        ys, _, states, _ = answers(x[None], states, params, FUSED)
        us.append(ys[-1])
    return data.in_units(np.stack(us)[..., 0], starts)


def lstm_train(data, window, units, steps, lr, batch, every, seed):
    """Train, and validate every so many steps, one step ahead.

    Yields
    ------
    params : dict of str to ndarray
    validation : float
        Root of the mean squared error.
    """
    rng = np.random.default_rng(seed)
    params = init(FUSED, lstm_inputs(data).shape[1], units, 1, rng)
    batches = lstm_batches(data, window, batch, steps, rng)
    starts = np.arange(data.series.training, data.series.validation)
    for step, (params, _, _) in enumerate(train(params, FUSED, batches, squared_error, lr), start=1):
        if step % every == 0:
            yield params, rmse(lstm_forecast(data, params, window, starts, 1), starts, data.series.values)[0]
