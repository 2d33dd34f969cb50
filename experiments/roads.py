"""How much of a gradient gets from the last step to each earlier one: an LSTM and a plain RNN, untrained and trained."""

import numpy as np

from autograder.reference import lstm_cell_backward
from experiments import tasks
from experiments.adding_problem import BATCH, LR, MAX_NORM, NETWORKS, STEPS, TEST, UNITS, error
from experiments.parallel import each
from experiments.training import LSTM, init, squared_error, train

SEQUENCES = 16


def learn(seed, network, T, steps):
    """One run on the adding problem: how much is left of a gradient, 0 to T − 1 steps back, before training and after.

    "All roads" is the largest singular value of ∂c_T/∂c_k, in an RNN of ∂h_T/∂h_k: the most that can be left of a
    gradient of length 1. "Direct" is the same along the cell state alone. Each is the median of 16 unseen sequences.
    """
    rng, net = np.random.default_rng(seed), NETWORKS[network]
    unseen = tasks.adding(np.random.default_rng([seed, T]), T, TEST)
    few = np.moveaxis(unseen[0][:, :SEQUENCES], 1, 0)  # (16, T, 2)
    untrained = params = init(net, 2, UNITS, 1, rng)
    batches = (tasks.adding(rng, T, BATCH) for _ in range(steps))
    for params, _, _ in train(params, net, batches, squared_error, LR[network], MAX_NORM):
        pass
    result = {"seed": seed, "network": network, "error": error(params, net, *unseen)}
    for state, weights in (("untrained", untrained), ("trained", params)):
        left = [lstm_left(xs, weights) if net is LSTM else rnn_left(xs, weights) for xs in few]
        for road, lengths in zip(("all roads", "direct"), zip(*left)):
            result[f"{state}, {road}"] = np.median(lengths, axis=0)
    return result


def lstm_left(xs, params):
    """All roads, and the direct one, of one sequence `xs` (T, m): two lists of T numbers, the last step first.

    A batch of n copies of the sequence goes back at once; copy j brings what the last cell state's unit j depends on.
    """
    n = len(params["b_f"])
    hs, _, caches = LSTM.forward(np.repeat(xs[:, None], n, axis=1), (np.zeros((n, n)),) * 2, params)
    dh, dc, direct = np.zeros((n, n)), np.eye(n), np.ones(n)
    all_roads, direct_road = [], []
    for cache in reversed(caches):
        tanh_c = np.tanh(cache["c"])
        all_roads.append(np.linalg.norm(dc + dh * cache["o"] * (1 - tanh_c**2), 2))
        direct_road.append(direct.max())
        _, dh, dc, _ = lstm_cell_backward(dh, dc, cache, params)
        direct = direct * cache["f"][0]
    return all_roads, direct_road


def rnn_left(xs, params):
    """The same of an RNN, which has no road of its own for a cell state."""
    W_h, b = params["W_h"], params["b_h"]
    n = len(b)
    h, hs = np.zeros(n), []
    for x in xs:
        h = np.tanh(W_h @ np.concatenate([h, x]) + b)
        hs.append(h)
    dh, left = np.eye(n), []
    for h in reversed(hs):
        left.append(np.linalg.norm(dh, 2))
        dh = (dh * (1 - h**2)) @ W_h[:, :n]
    return left, []


def run(progress, seeds=range(5), T=50, steps=None):
    """Both networks on every seed, trained as for the adding problem, or for another number of steps."""
    steps = steps or {network: STEPS[network][T] for network in NETWORKS}
    settings = [
        {"seed": seed, "network": network, "T": T, "steps": steps[network]} for network in NETWORKS for seed in seeds
    ]
    fixed = {"task": "adding problem", "T": T, "units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM}
    return {"settings": fixed | {"steps": steps, "sequences": SEQUENCES}, "runs": each(learn, settings, progress)}
