"""The adding problem over 50 and 100 steps: an LSTM, and a plain RNN beside it."""

import numpy as np

from experiments import tasks
from experiments.parallel import each
from experiments.training import LSTM, RNN, answers, init, squared_error, train, zero_states

NETWORKS = {"LSTM": LSTM, "RNN": RNN}
UNITS, BATCH, LR, MAX_NORM, TEST, EVERY = 16, 32, 0.02, 1.0, 1000, 50


def learn(seed, network, T, steps):
    """One run: the mean squared error on unseen sequences, before and after every 50 steps of training."""
    rng, net = np.random.default_rng(seed), NETWORKS[network]
    unseen = tasks.adding(np.random.default_rng([seed, T]), T, TEST)
    batches = (tasks.adding(rng, T, BATCH) for _ in range(steps))
    params = init(net, 2, UNITS, 1, rng)
    errors = [error(params, net, *unseen)]
    for step, (params, _, _) in enumerate(train(params, net, batches, squared_error, LR, MAX_NORM), start=1):
        if step % EVERY == 0:
            errors.append(error(params, net, *unseen))
    return {"seed": seed, "network": network, "T": T, "errors": errors}


def error(params, network, xs, targets, asked):
    """Mean squared error of the answers at the last step."""
    ys, *_ = answers(xs, zero_states(network, params, xs.shape[1]), params, network)
    return np.mean((ys[-1] - targets[-1]) ** 2)


def run(progress, seeds=range(5), lengths=((50, 1200), (100, 2000))):
    """Every seed, network and length; `lengths` are pairs of T and steps of training."""
    settings = [
        {"seed": seed, "network": network, "T": T, "steps": steps}
        for T, steps in lengths
        for network in NETWORKS
        for seed in seeds
    ]
    fixed = {"units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "unseen": TEST, "every": EVERY}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
