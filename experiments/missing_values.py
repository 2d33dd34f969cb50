"""Heartbeats with half of their values lost: what is put into the gaps, and whether a network is told of them."""

import numpy as np

from experiments.heartbeats import BATCH, LR, MAX_NORM, UNITS, VALUES, measured, parts, steps, weights
from experiments.parallel import each
from experiments.simple import logistic_regression
from experiments.tasks import at_the_end
from experiments.training import FUSED, answers, cross_entropy, init, train, zero_states
from lstmbook.heartbeats import KINDS

LOST, EPOCHS, DRAWS, DECAY = 0.5, 80, 10, 1e-3
FILLINGS = ("the mean", "the last value", "the last value, mask and age")


def with_gaps(rng, windows, filling):
    """Windows as sequences of which steps have been lost, each with a chance of one half.

    Parameters
    ----------
    rng : numpy.random.Generator
    windows : ndarray of shape (B, 72)
        Their mean is 0.
    filling : str
        One of `FILLINGS`.

    Returns
    -------
    ndarray of shape (18, B, 4) or (18, B, 6)
        With mask and age, those are the last two features; the age is in steps, divided by ten.
    """
    xs = steps(windows, VALUES)  # (T, B, 4)
    real = rng.random(xs.shape[:2]) >= LOST  # (T, B)
    filled, ages, last, age = [], [], np.zeros_like(xs[0]), np.zeros(len(windows))
    for x, mask in zip(xs, real):
        age = age + 1
        last = np.where(mask[:, None], x, last if filling != "the mean" else 0.0)
        filled.append(last)
        ages.append(age)
        age = np.where(mask, 0.0, age)
    if filling != FILLINGS[-1]:
        return np.stack(filled)
    return np.concatenate([filled, real[..., None], np.stack(ages)[..., None] / 10], axis=-1)


def learn(seed, filling, epochs=EPOCHS, draws=DRAWS):
    """Both kinds of classifiers, with one draw of what is lost in the test part."""
    rng = np.random.default_rng(seed)
    windows, kinds, others, others_kinds = parts("time")
    tested = with_gaps(np.random.default_rng([seed, 208]), others, filling)
    weight = weights(kinds)

    def batches():
        for _ in range(epochs):
            order = rng.permutation(len(kinds))
            for start in range(0, len(order), BATCH):
                chosen = order[start : start + BATCH]
                xs = with_gaps(rng, windows[chosen], filling)
                targets = np.broadcast_to(np.eye(len(KINDS))[kinds[chosen]], (len(xs), len(chosen), len(KINDS)))
                yield xs, targets, at_the_end(len(xs), len(chosen)) * weight[chosen]

    params = init(FUSED, tested.shape[-1], UNITS, len(KINDS), rng)
    for params, _, _ in train(params, FUSED, batches(), cross_entropy, LR, MAX_NORM):
        pass
    ys, *_ = answers(tested, zero_states(FUSED, params, len(others)), params, FUSED)

    rows = [flat(with_gaps(rng, windows, filling)) for _ in range(draws)]
    repeated = np.tile(kinds, draws)
    score = logistic_regression(np.concatenate(rows), repeated, len(KINDS), DECAY, weights=np.tile(weight, draws))
    return {
        "seed": seed,
        "filling": filling,
        "LSTM": measured(ys[-1], others_kinds)["balanced accuracy"],
        "linear": measured(score(flat(tested)), others_kinds)["balanced accuracy"],
    }


def flat(xs):
    """Sequences (T, B, m) as rows (B, T·m)."""
    return xs.swapaxes(0, 1).reshape(xs.shape[1], -1)


def run(progress, seeds=range(10), epochs=EPOCHS, draws=DRAWS):
    """Every filling with every seed."""
    lengths = {"epochs": epochs, "draws": draws}
    settings = [{"seed": seed, "filling": filling} | lengths for filling in FILLINGS for seed in seeds]
    fixed = {"data": "five minutes of record 208", "lost": LOST, "values": VALUES, "units": UNITS, "batch": BATCH}
    fixed |= {"lr": LR, "max_norm": MAX_NORM, "decay": DECAY} | lengths
    return {"settings": fixed, "runs": each(learn, settings, progress)}
