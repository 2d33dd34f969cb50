"""The adding problem over 20, 50 and 100 steps: an LSTM, and a plain RNN beside it."""

import numpy as np

from experiments import tasks
from experiments.parallel import each
from experiments.training import LSTM, RNN, answers, init, squared_error, train, zero_states

NETWORKS = {"LSTM": LSTM, "RNN": RNN}
LR = {"LSTM": 0.02, "RNN": 0.003}  # for each the best of 0.0005 to 0.02
STEPS = {"LSTM": {20: 800, 50: 1500, 100: 1600}, "RNN": {20: 4000, 50: 4000, 100: 4000}}  # by T; the RNN's are cheaper
UNITS, BATCH, MAX_NORM, TEST, EVERY = 16, 32, 1.0, 1000, 50


def learn(seed, network, T, steps):
    """One run: the mean squared error on unseen sequences, before and after every 50 steps of training."""
    rng, net = np.random.default_rng(seed), NETWORKS[network]
    unseen = tasks.adding(np.random.default_rng([seed, T]), T, TEST)
    batches = (tasks.adding(rng, T, BATCH) for _ in range(steps))
    params = init(net, 2, UNITS, 1, rng)
    errors = [error(params, net, *unseen)]
    for step, (params, _, _) in enumerate(train(params, net, batches, squared_error, LR[network], MAX_NORM), start=1):
        if step % EVERY == 0:
            errors.append(error(params, net, *unseen))
    return {"seed": seed, "network": network, "T": T, "errors": errors}


def error(params, network, xs, targets, asked):
    """Mean squared error of the answers at the last step."""
    ys, *_ = answers(xs, zero_states(network, params, xs.shape[1]), params, network)
    return np.mean((ys[-1] - targets[-1]) ** 2)


def run(progress, seeds=range(5), steps=STEPS):
    """Every seed, network and length."""
    settings = [
        {"seed": seed, "network": network, "T": T, "steps": steps[network][T]}
        for network in steps
        for T in steps[network]
        for seed in seeds
    ]
    fixed = {"units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "unseen": TEST, "every": EVERY}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
