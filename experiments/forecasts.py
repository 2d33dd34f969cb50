"""Sunspots, bikes and the price of oil, forecast by repeating a value, by linear autoregressions and by LSTMs."""

from collections import defaultdict
from functools import partial
from itertools import product

import numpy as np

from experiments.forecasting import (
    SERIES,
    linear_fit,
    linear_forecast,
    lstm_forecast,
    lstm_train,
    one_step_errors,
    repeated,
    rmse,
    scaled,
)
from experiments.parallel import each

LR, BATCH, EVERY = 0.005, 32, 25
ORDERS = {
    "sunspots": range(1, 25),
    "bikes": (1, 2, 3, 6, 12, 24, 48, 72, 168),
    "oil": (1, 2, 3, 5, 10, 20),
}  # of linear models
SEASONS = {
    "sunspots": {"repeat": 1, "season": 11},
    "bikes": {"repeat": 1, "day": 24, "season": 168},
    "oil": {"repeat": 1},
}
SCALE = {
    "sunspots": ("as they are", "square root"),
    "bikes": ("as they are", "square root"),
    "oil": ("as they are", "changes"),
}
LSTMS = [  # series, windows, units, steps of training
    ("sunspots", (24,), (4, 8, 16), 600),
    ("bikes", (48,), (16, 32), 800),
    ("bikes", (1, 6, 24), (16,), 800),
    ("oil", (20,), (8,), 1000),
]
AHEAD = {"sunspots": 22, "bikes": 48, "oil": 20}
SHOWN = {"sunspots": slice(0, 59), "bikes": slice(7 * 24, 14 * 24), "oil": slice(0, 250)}  # of the test part


def judged(name, forecast):
    """How far off forecasts are: one step ahead, and on the test part also further; and what they are for some of it.

    Parameters
    ----------
    name : str
        The series.
    forecast : callable
        ``forecast(starts, ahead)`` → forecasts of shape (ahead, B).
    """
    series = SERIES[name]()
    starts = np.arange(series.validation, len(series.values))
    early = starts[: len(starts) - AHEAD[name] + 1]  # those that can be followed to the end
    return one_step_errors(series, forecast) | {
        "ahead": rmse(forecast(early, AHEAD[name]), early, series.values),
        "shown": forecast(starts[SHOWN[name]], 1)[0],
    }


def naive(series, model, season):
    """A value repeated."""
    forecast = partial(repeated, SERIES[series](), season)
    about = {"seed": None, "series": series, "model": model, "scale": "as they are", "size": season, "window": season}
    return about | {"curve": []} | judged(series, forecast)


def linear(series, model, scale, orders):
    """Linear autoregressions, one for each order: on values alone, with all inputs, or with the calendar by hand."""
    data = scaled(SERIES[series](), scale)
    nothing = np.empty((len(data.us), 0))
    calendar = {"linear": data.series.calendar, "values alone": nothing, "by hand": data.series.by_hand}[model]
    if model == "values alone":
        data = data._replace(inputs=nothing)
    runs = []
    for order in orders:
        forecast = partial(linear_forecast, data, calendar, order, linear_fit(data, calendar, order, max(orders)))
        about = {"seed": None, "series": series, "model": model, "scale": scale, "size": order, "window": order}
        runs.append(about | {"curve": []} | judged(series, forecast))
    return runs


def lstm(seed, series, scale, window, units, steps):
    """One LSTM: the parameters are those that were best on the validation part."""
    data, curve, best = scaled(SERIES[series](), scale), [], None
    for params, error in lstm_train(data, window, units, steps, LR, BATCH, EVERY, seed):
        curve.append(error)
        if error <= min(curve):
            best = params

    forecast = partial(lstm_forecast, data, best, window)
    about = {"seed": seed, "series": series, "model": "LSTM", "scale": scale, "size": units, "window": window}
    return about | {"curve": curve} | judged(series, forecast)


def smaller(runs):
    """Without what no page plots.

    Of each model and scale the best setting keeps its errors further ahead, and its first run what it forecast.
    """
    by_setting = defaultdict(list)
    for run in runs:
        by_setting[run["series"], run["model"], run["scale"], run["size"], run["window"]].append(run)
    best = {}
    for (*model, _, _), same in by_setting.items():
        error = np.mean([run["validation"] for run in same])
        if tuple(model) not in best or error < best[tuple(model)][0]:
            best[tuple(model)] = error, same
    ahead = [id(run) for _, same in best.values() for run in same]
    shown = [id(same[0]) for _, same in best.values()]
    return [
        run | {"ahead": run["ahead"] if id(run) in ahead else [], "shown": run["shown"] if id(run) in shown else []}
        for run in runs
    ]


def run(progress, seeds=range(5), lstms=LSTMS, orders=ORDERS):
    """All models of all series."""
    runs = [naive(series, model, season) for series in SEASONS for model, season in SEASONS[series].items()]
    for series in orders:
        models = ("linear", "values alone", "by hand") if series == "bikes" else ("linear",)
        for model, scale in product(models, SCALE[series]):
            runs += linear(series, model, scale, orders[series])
    settings = [
        {"seed": seed, "series": series, "scale": scale, "window": window, "units": units, "steps": steps}
        for series, windows, sizes, steps in lstms
        for window, units, scale, seed in product(windows, sizes, SCALE[series], seeds)
    ]
    fixed = {"lr": LR, "batch": BATCH, "every": EVERY, "ahead": AHEAD}
    return {"settings": fixed, "runs": smaller(runs + each(lstm, settings, progress))}
