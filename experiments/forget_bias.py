"""How the forget gate's first bias decides whether an LSTM learns the temporal order of two symbols in 50."""

import numpy as np

from experiments import tasks
from experiments.parallel import each
from experiments.training import LSTM, RNN, answers, cross_entropy, init, train, zero_states

UNITS, BATCH, MAX_NORM, TEST, EVERY, SOLVED = 4, 32, 1.0, 1000, 25, 0.99
LR, STEPS = {"LSTM": 0.02, "RNN": 0.003}, {"LSTM": 1000, "RNN": 4000}  # the RNN's as in the adding problem


def learn(seed, start, T, lr, steps):
    """One run: after how many steps of training, if ever, 99 % of unseen sequences are answered rightly.

    ``start`` is the forget bias, or "chrono" (Tallec and Ollivier 2018: b_f = log U(1, T − 1) and b_i = −b_f, unit by
    unit), or "RNN".
    """
    rng, net = np.random.default_rng(seed), RNN if start == "RNN" else LSTM
    unseen = tasks.temporal_order(np.random.default_rng([seed, T]), T, TEST)
    params = init(net, 8, UNITS, 4, rng)
    if start == "chrono":
        params["b_f"] = np.log(rng.uniform(1, T - 1, size=UNITS))
        params["b_i"] = -params["b_f"]
    elif start != "RNN":
        params["b_f"] = np.full(UNITS, float(start))
    batches = (tasks.temporal_order(rng, T, BATCH) for _ in range(steps))
    right, solved = 0.0, None
    for step, (params, _, _) in enumerate(train(params, net, batches, cross_entropy, lr, MAX_NORM), start=1):
        if step % EVERY == 0:
            right = share_right(params, net, *unseen)
            if right >= SOLVED:
                solved = step
                break
    return {"seed": seed, "start": start, "solved": solved, "right": right}


def share_right(params, network, xs, targets, asked):
    """The share of sequences whose largest answer is the right one."""
    ys, *_ = answers(xs, zero_states(network, params, xs.shape[1]), params, network)
    return np.mean(ys[-1].argmax(axis=-1) == targets[-1].argmax(axis=-1))


def run(progress, seeds=range(10), starts=(-1, 0, 1, 2, 3, 5, "chrono", "RNN"), T=50, steps=STEPS):
    """Every seed and start."""
    settings = [
        {"seed": seed, "start": start, "T": T, "lr": LR[network], "steps": steps[network]}
        for start in starts
        for network in ["RNN" if start == "RNN" else "LSTM"]
        for seed in seeds
    ]
    fixed = {"task": "temporal order", "T": T, "units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM}
    fixed |= {"steps": steps, "solved": SOLVED, "unseen": TEST, "every": EVERY}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
