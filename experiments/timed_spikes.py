"""Timed spikes: with nothing to read, say 1 at every tenth step and 0 at all others; with peepholes and without."""

import numpy as np

from experiments.ablated import NETWORKS
from experiments.parallel import each
from experiments.training import answers, init, squared_error, train, zero_states

PERIOD, PERIODS, LONGER, UNITS, LR, MAX_NORM, STEPS = 10, 3, 10, 3, 0.02, 1.0, 3000


def spikes(periods, period=PERIOD):
    """A batch of one sequence: a constant input, 1 as the target at every `period`-th step; both answers weigh the same."""
    targets = (np.arange(1, periods * period + 1) % period == 0).astype(float)[:, None, None]  # (T, 1, 1)
    asked = np.where(targets[..., 0] == 1, period - 1.0, 1.0)  # (T, 1)
    return np.ones_like(targets), targets, asked


def right_periods(params, network):
    """For how many periods, from the beginning on, all answers are on the right side of one half; at most `LONGER`."""
    xs, targets, _ = spikes(LONGER)
    ys, *_ = answers(xs, zero_states(network, params, 1), params, network)
    right = ((ys > 0.5) == (targets > 0.5)).reshape(LONGER, PERIOD).all(axis=1)
    return int(np.cumprod(right).sum())


def learn(seed, network, steps=STEPS):
    """One run: the step of training at which the three periods were right first, and how far it goes on then."""
    net, batch = NETWORKS[network], spikes(PERIODS)
    params = init(net, 1, UNITS, 1, np.random.default_rng(seed))
    solved, most = None, 0
    for step, (params, _, _) in enumerate(train(params, net, [batch] * steps, squared_error, LR, MAX_NORM), start=1):
        if step % 20 == 0:
            periods = right_periods(params, net)
            solved = step if solved is None and periods >= PERIODS else solved
            most = max(most, periods)
    return {"seed": seed, "network": network, "solved_at": solved, "periods": most}


def run(progress, seeds=range(10), steps=STEPS):
    """Both networks with every seed."""
    settings = [{"seed": seed, "network": name, "steps": steps} for name in ("LSTM", "peepholes") for seed in seeds]
    fixed = {"period": PERIOD, "periods": PERIODS, "longer": LONGER, "units": UNITS, "lr": LR, "max_norm": MAX_NORM}
    return {"settings": fixed | {"steps": steps}, "runs": each(learn, settings, progress)}
