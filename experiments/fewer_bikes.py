"""Bikes, learned from the last 2, 4 and 9 months of the training part: an LSTM beside linear autoregressions."""

from functools import partial

from experiments.forecasting import (
    bikes,
    linear_fit,
    linear_forecast,
    lstm_forecast,
    lstm_train,
    one_step_errors,
    scaled,
)
from experiments.forecasts import BATCH, EVERY, LR, ORDERS
from experiments.parallel import each

MONTHS, HOURS = (2, 4, 9), 730  # 730 hours are a month
SCALE, WINDOW, UNITS, STEPS = "square root", 48, 16, 800


def shorter(months):
    """The series without its beginning: validation and test part stay what they are."""
    series = bikes()
    cut = series.training - months * HOURS
    later = {name: getattr(series, name)[cut:] for name in ("values", "inputs", "calendar", "by_hand")}
    return series._replace(**later, training=series.training - cut, validation=series.validation - cut)


def lstm(seed, months, steps):
    """One LSTM, with the parameters that were best on the validation part."""
    data, best = scaled(shorter(months), SCALE), None
    for params, error in lstm_train(data, WINDOW, UNITS, steps, LR, BATCH, EVERY, seed):
        if best is None or error < best[0]:
            best = error, params
    errors = one_step_errors(data.series, partial(lstm_forecast, data, best[1], WINDOW))
    return {"seed": seed, "months": months, "model": "LSTM", "size": UNITS} | errors


def linear(months, model, orders):
    """Linear autoregressions, one for each order."""
    data = scaled(shorter(months), SCALE)
    calendar = {"linear": data.series.calendar, "by hand": data.series.by_hand}[model]
    for order in orders:
        weights = linear_fit(data, calendar, order, max(orders))
        errors = one_step_errors(data.series, partial(linear_forecast, data, calendar, order, weights))
        yield {"seed": None, "months": months, "model": model, "size": order} | errors


def run(progress, seeds=range(5), months=MONTHS, orders=ORDERS["bikes"], steps=STEPS):
    """Every length of the training part, with every model."""
    lines = [line for few in months for model in ("linear", "by hand") for line in linear(few, model, orders)]
    settings = [{"seed": seed, "months": few, "steps": steps} for few in months for seed in seeds]
    fixed = {"scale": SCALE, "window": WINDOW, "units": UNITS, "lr": LR, "batch": BATCH, "steps": steps}
    return {"settings": fixed, "runs": lines + each(lstm, settings, progress)}
