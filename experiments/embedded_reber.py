"""The embedded Reber grammar, string by string: an LSTM with a forget gate, one without, and a plain RNN."""

import numpy as np

from experiments import tasks
from experiments.continual_reber import predictions
from experiments.parallel import each
from experiments.training import LSTM, RNN, answers, cross_entropy, init, train, zero_states

NETWORKS = {"LSTM": LSTM, "LSTM without forget gate": LSTM, "RNN": RNN}
LR = {"LSTM": 0.02, "LSTM without forget gate": 0.02, "RNN": 0.01}  # for each the best of 0.003 to 0.02
STEPS = {"LSTM": 2500, "LSTM without forget gate": 2500, "RNN": 5000}  # the RNN's are cheaper
UNITS, BATCH, MAX_NORM, TEST, EVERY = 8, 8, 1.0, 256, 50


def learn(seed, network, steps):
    """One run: the share of unseen strings that are predicted legally at every step, every 50 steps of training."""
    rng, net = np.random.default_rng(seed), NETWORKS[network]
    unseen = tasks.embedded_reber(np.random.default_rng([seed, 0]), TEST)
    batches = (tasks.embedded_reber(rng, BATCH) for _ in range(steps))
    params = init(net, len(tasks.SYMBOLS), UNITS, len(tasks.SYMBOLS), rng)
    if network == "LSTM without forget gate":
        params["b_f"] = np.full(UNITS, np.inf)  # open for ever: infinity stays where it is
    solved = [whole_strings(params, net, *unseen)]
    for step, (params, _, _) in enumerate(train(params, net, batches, cross_entropy, LR[network], MAX_NORM), start=1):
        if step % EVERY == 0:
            solved.append(whole_strings(params, net, *unseen))
    return {"seed": seed, "network": network, "solved": solved}


def whole_strings(params, network, xs, targets, asked, nodes):
    """Share of strings at whose every step each symbol that may come has a higher answer than each that may not."""
    ys, *_ = answers(xs, zero_states(network, params, xs.shape[1]), params, network)
    return np.mean(np.all(predictions(ys, nodes) | (asked == 0), axis=0))


def run(progress, seeds=range(10), steps=STEPS):
    """Every seed and network."""
    settings = [{"seed": seed, "network": network, "steps": steps[network]} for network in steps for seed in seeds]
    fixed = {"units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "unseen": TEST, "every": EVERY}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
