"""The continual embedded Reber grammar: an LSTM with a forget gate, and one without, as in 1997."""

from itertools import islice

import numpy as np

from autograder.reference import adam_step, clip_gradients
from experiments import tasks
from experiments.parallel import each
from experiments.training import LSTM, answers, cross_entropy, init, loss_and_gradients, zero_states

UNITS, STREAMS, SEGMENT, LR, MAX_NORM, EVERY = 12, 16, 40, 0.01, 1.0, 50


def learn(seed, forget_gate, segments):
    """One run over endless streams, whose states are never set back.

    Every 50 segments it notes, of the latest one and before learning from it: the share of recalls that were right (of
    T and P the one that is due has the higher answer; 0.5 is chance), the share of steps at which every symbol that may
    come has a higher answer than every one that may not, and the mean size of the cell state, |c|.
    """
    rng = np.random.default_rng(seed)
    params = init(LSTM, len(tasks.SYMBOLS), UNITS, len(tasks.SYMBOLS), rng)
    if not forget_gate:
        params["b_f"] = np.full(UNITS, np.inf)  # open for ever: infinity stays where it is
    states, adam = zero_states(LSTM, params, STREAMS), None
    recalled, legal, size = [], [], []
    stream = tasks.continual_reber(rng, SEGMENT, STREAMS)
    for k, (xs, targets, asked, nodes) in enumerate(islice(stream, segments), start=1):
        if k % EVERY == 0:
            ys, *_ = answers(xs, states, params, LSTM)
            recalled.append(np.mean(recalls(ys, nodes)))
            legal.append(np.mean(predictions(ys, nodes)))
            size.append(np.mean(np.abs(states[1])))
        _, grads, states = loss_and_gradients(xs, targets, asked, states, params, LSTM, cross_entropy)
        clipped, _ = clip_gradients(grads, MAX_NORM)
        params, adam = adam_step(params, clipped, adam, lr=LR)
    return {"seed": seed, "forget_gate": forget_gate, "recalled": recalled, "legal": legal, "size": size}


def recalls(ys, nodes):
    """Whether, at each step where T or P is to be repeated, the right one of them has the higher answer."""
    T, P = tasks.SYMBOLS.index("T"), tasks.SYMBOLS.index("P")
    due = np.isin(nodes, tasks.RECALL)
    return (ys[due][:, T] > ys[due][:, P]) == (nodes[due] == tasks.RECALL[0])


def predictions(ys, nodes):
    """Whether, at each step, every symbol that may come next has a higher answer than every one that may not."""
    may = tasks.LEGAL[nodes] == 1  # (T, B, 7)
    return np.where(may, ys, np.inf).min(axis=-1) > np.where(may, -np.inf, ys).max(axis=-1)


def run(progress, seeds=range(5), segments=1500):
    """Every seed, with and without a forget gate."""
    settings = [
        {"seed": seed, "forget_gate": forget_gate, "segments": segments}
        for forget_gate in (True, False)
        for seed in seeds
    ]
    fixed = {"units": UNITS, "streams": STREAMS, "segment": SEGMENT, "lr": LR, "max_norm": MAX_NORM, "every": EVERY}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
