"""Who remembers in an embedded Reber network: each unit silenced, and each one's cell state cleared, in turn."""

import numpy as np

from autograder.reference import lstm_cell_forward
from experiments import tasks
from experiments.continual_reber import predictions, recalls
from experiments.parallel import each
from experiments.training import FUSED, cross_entropy, init, train

UNITS, BATCH, LR, MAX_NORM, STEPS, TEST = 8, 8, 0.02, 1.0, 2500, 512
SILENCED = 0.05  # recalls that a network may lose by one unit's silence if that unit is to count as idle


def learn(seed, steps):
    """One run, and its parameters."""
    rng = np.random.default_rng(seed)
    batches = (tasks.embedded_reber(rng, BATCH) for _ in range(steps))
    params = init(FUSED, len(tasks.SYMBOLS), UNITS, len(tasks.SYMBOLS), rng)
    for params, _, _ in train(params, FUSED, batches, cross_entropy, LR, MAX_NORM):
        pass
    return {"seed": seed, **quality(params)}, params


def read(params, xs, silenced=None):
    """Answers at every step, with one unit's h held at 0 from the first step to the last."""
    h, c = np.zeros((2, xs.shape[1], UNITS))
    ys = []
    for x in xs:
        h, c, _ = lstm_cell_forward(x, h, c, params)
        h = h * (np.arange(UNITS) != silenced)
        ys.append(h @ params["W_y"].T + params["b_y"])
    return np.array(ys)


def quality(params):
    """How many of 512 unseen strings are foretold right at every step, and how many recalls are right.

    Both of the network as it is, and with each of its units silenced. A recall is right if of T and P the one that stood
    at the string's beginning has the higher answer; half of them would be so by chance.
    """
    xs, _, asked, nodes = tasks.embedded_reber(np.random.default_rng(0), TEST)
    found = []
    for silenced in (None, *range(UNITS)):
        ys = read(params, xs, silenced)
        whole = np.all(predictions(ys, nodes) | (asked == 0), axis=0)
        found.append((np.mean(whole), np.mean(recalls(ys, np.where(asked, nodes, -1)))))
    whole, recalled = map(list, zip(*found))
    return {
        "whole": whole[0],
        "recalled": recalled[0],
        "whole_silenced": whole[1:],
        "recalled_silenced": recalled[1:],
    }


def run(progress, seeds=range(10), steps=STEPS):
    """Every seed; kept is, of the networks that are right throughout, the one whose memory sits in the fewest units."""
    trained = each(learn, [{"seed": seed, "steps": steps} for seed in seeds], progress)
    right = [run for run in trained if run[0]["whole"] == 1] or trained
    best, params = max(right, key=lambda run: np.sum(np.greater(run[0]["recalled_silenced"], run[0]["recalled"] - SILENCED)))
    fixed = {"units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "steps": steps, "unseen": TEST}
    ways = {node: {way[0]: way[1:] for way in ways} for node, ways in tasks.EMBEDDED.items()}
    kept = {
        "params": params,
        "alphabet": tasks.SYMBOLS,
        "settings": fixed | {"seed": best["seed"]},
        "measure": quality,
        "grammar": ways,
    }
    return {"settings": fixed, "runs": [run for run, _ in trained], "networks": {"reber": kept}}
