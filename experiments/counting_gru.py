"""Counting with a GRU: aⁿbⁿ, learned with n up to ten as by the LSTM of `experiments.counting`."""

import numpy as np

from experiments.ablated import NETWORKS
from experiments.counting import LONGEST, LR, MAX_NORM, STEPS, reaches, strings
from experiments.parallel import each
from experiments.training import cross_entropy, init, train

LETTERS, UNITS = "ab", (2, 3)  # a GRU's two units have 36 numbers and three 63; the LSTM's two have 48
UPDATE_BIAS = 0.0  # the better of 0 and 1; at the LSTM's 8 nothing is written, for what is kept is not written


def learn(seed, units, steps):
    """One run: the n up to which strings are foretold right."""
    rng, ns, network = np.random.default_rng(seed), np.arange(1, LONGEST + 1), NETWORKS["GRU"]
    k = len(LETTERS) + 1
    params = init(network, k, units, k, rng) | {"b_z": np.full(units, UPDATE_BIAS)}
    batches = (strings(list(zip(ns, rng.permutation(ns))), LETTERS) for _ in range(steps))
    rates = LR * (1 - np.arange(steps) / steps)
    for params, *_ in train(params, network, batches, cross_entropy, rates, MAX_NORM):
        pass
    return {"seed": seed, "units": units, "reaches": reaches(params, LETTERS, 1, network)}


def run(progress, seeds=range(10), steps=STEPS[LETTERS]):
    """Both sizes with every seed."""
    settings = [{"seed": seed, "units": units, "steps": steps} for units in UNITS for seed in seeds]
    fixed = {"letters": LETTERS, "longest": LONGEST, "lr": LR, "update_bias": UPDATE_BIAS, "max_norm": MAX_NORM}
    return {"settings": fixed | {"steps": steps}, "runs": each(learn, settings, progress)}
