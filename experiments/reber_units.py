"""Who remembers in an embedded Reber network: each unit silenced, and each one's cell state exchanged, in turn."""

import numpy as np

from autograder.reference import lstm_cell_forward
from experiments import tasks
from experiments.continual_reber import predictions, recalls
from experiments.parallel import each
from experiments.training import FUSED, cross_entropy, init, train

UNITS, BATCH, LR, MAX_NORM, STEPS, TEST = 8, 8, 0.02, 1.0, 2500, 512
EXCHANGED_AT = 3  # symbols read: B, then T or P, then B again


def learn(seed, steps):
    """One run, and its parameters."""
    rng = np.random.default_rng(seed)
    batches = (tasks.embedded_reber(rng, BATCH) for _ in range(steps))
    params = init(FUSED, len(tasks.SYMBOLS), UNITS, len(tasks.SYMBOLS), rng)
    for params, _, _ in train(params, FUSED, batches, cross_entropy, LR, MAX_NORM):
        pass
    return {"seed": seed, **quality(params)}, params


def read(params, xs, silenced=None, exchanged=None):
    """Answers at every step.

    With one unit's h held at 0 from the first step to the last, or one unit's c exchanged once: after three symbols there
    are only two states that the network can be in, one after T and one after P, and of this number each gets the other's.
    """
    h, c = np.zeros((2, xs.shape[1], UNITS))
    ys = []
    for step, x in enumerate(xs, start=1):
        h, c, _ = lstm_cell_forward(x, h, c, params)
        h = h * (np.arange(UNITS) != silenced)
        if step == EXCHANGED_AT and exchanged is not None:
            after_T = xs[1, :, tasks.SYMBOLS.index("T")] == 1
            of_T, of_P = c[after_T][0, exchanged], c[~after_T][0, exchanged]
            c[:, exchanged] = np.where(after_T, of_P, of_T)
        ys.append(h @ params["W_y"].T + params["b_y"])
    return np.array(ys)


def quality(params):
    """How a network does on 512 unseen strings, as it is and with each of its units silenced or exchanged.

    ``whole``: the share of strings that are foretold right at every step. ``recalled``: that of recalls that are right, for
    of T and P the one that stood at the string's beginning has the higher answer; half of them would be so by chance.
    ``followed``: that of recalls which, after an exchange, name the other one.
    """
    xs, _, asked, nodes = tasks.embedded_reber(np.random.default_rng(0), TEST)

    def whole(ys):
        return np.mean(np.all(predictions(ys, nodes) | (asked == 0), axis=0))

    def recalled(ys):
        return np.mean(recalls(ys, np.where(asked, nodes, -1)))

    plain, silenced = read(params, xs), [read(params, xs, silenced=k) for k in range(UNITS)]
    return {
        "whole": whole(plain),
        "recalled": recalled(plain),
        "whole_silenced": [whole(ys) for ys in silenced],
        "recalled_silenced": [recalled(ys) for ys in silenced],
        "followed": [1 - recalled(read(params, xs, exchanged=k)) for k in range(UNITS)],
    }


def run(progress, seeds=range(10), steps=STEPS):
    """Every seed; kept is, of the networks that are right throughout, the one that follows one unit most."""
    trained = each(learn, [{"seed": seed, "steps": steps} for seed in seeds], progress)
    right = [run for run in trained if run[0]["whole"] == 1] or trained
    best, params = max(right, key=lambda run: max(run[0]["followed"]))
    fixed = {"units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "steps": steps, "unseen": TEST}
    ways = {node: {way[0]: way[1:] for way in ways} for node, ways in tasks.EMBEDDED.items()}
    ways |= {"last": {"E": "over"}, "over": {}}  # it has read strings one by one: what follows one, it was never asked
    kept = {
        "params": params,
        "alphabet": tasks.SYMBOLS,
        "settings": fixed | {"seed": best["seed"]},
        "measure": quality,
        "grammar": ways,
    }
    return {"settings": fixed, "runs": [run for run, _ in trained], "networks": {"reber": kept}}
