"""Which parts matter: the adding problem over 50 steps, with one part of the LSTM taken out at a time."""

import numpy as np

from experiments import tasks
from experiments.ablated import NETWORKS
from experiments.adding_problem import BATCH, MAX_NORM, TEST, UNITS, error
from experiments.parallel import each
from experiments.training import init, squared_error, train

T, STEPS, EVERY, LR, SOLVED = 50, 1200, 50, 0.02, 0.01


def learn(seed, network, T=T, steps=STEPS):
    """One run: mean squared error on unseen sequences at the end, and the first step at which it was below `SOLVED`."""
    rng, net = np.random.default_rng(seed), NETWORKS[network]
    unseen = tasks.adding(np.random.default_rng([seed, T]), T, TEST)
    params = init(net, 2, UNITS, 1, rng)
    size = sum(array.size for array in params.values())
    solved = None
    batches = (tasks.adding(rng, T, BATCH) for _ in range(steps))
    for step, (params, _, _) in enumerate(train(params, net, batches, squared_error, LR, MAX_NORM), start=1):
        if step % EVERY == 0 or step == steps:
            last = error(params, net, *unseen)
            if solved is None and last < SOLVED:
                solved = step
    return {"seed": seed, "network": network, "parameters": size, "error": last, "solved_at": solved}


def run(progress, seeds=range(5), T=T, steps=STEPS):
    """Every network with every seed."""
    settings = [{"seed": seed, "network": name, "T": T, "steps": steps} for name in NETWORKS for seed in seeds]
    fixed = {"T": T, "steps": steps, "units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "solved_below": SOLVED}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
