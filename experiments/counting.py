"""Counting: aⁿbⁿ and aⁿbⁿcⁿ, learned with n up to ten, and read with n as large as it goes."""

import numpy as np

from experiments.parallel import each
from experiments.training import FUSED, answers, cross_entropy, init, train, zero_states

UNITS = {"ab": 2, "abc": 3}
STEPS = {"ab": 1500, "abc": 2000}
LONGEST, FORGET_BIAS, LR, MAX_NORM = 10, 8.0, 0.05, 1.0
FAR, BY = 1000, 10  # how far it is tried, and after the first hundred every tenth


def strings(rows, letters):
    """Strings one after the other, each followed by E: at each symbol, which may come next.

    Parameters
    ----------
    rows : list of sequences of int
        The n of each string of a row; all rows have the same number of them.
    letters : str
        Each stands n times in a string, in this order.

    Returns
    -------
    xs : ndarray of shape (T, B, k)
        One-hot, E last; T is the longest row's.
    targets : ndarray of shape (T, B, k)
        Evenly shared among the symbols that may come.
    asked : ndarray of shape (T, B)

    References
    ----------
    Gers and Schmidhuber (2001), string by string.
    """
    k, end = len(letters) + 1, len(letters)
    xs, targets = np.zeros((2, max(map(sum, rows)) * end + len(rows[0]), len(rows), k))
    for b, ns in enumerate(rows):
        symbols = [symbol for n in ns for symbol in [*np.repeat(np.arange(end), n), end]]
        steps = np.arange(len(symbols))
        xs[steps, b, symbols] = 1
        targets[steps, b, symbols[1:] + [0]] = 1
        targets[steps[np.equal(symbols, 0)], b, :2] = 0.5  # after an a: another, or the first b
    return xs, targets, targets.sum(axis=-1)


def may_come_first(ys, targets):
    """Whether, at each step, every symbol that may come next has a higher answer than every one that may not."""
    return np.where(targets > 0, ys, np.inf).min(axis=-1) > np.where(targets > 0, -np.inf, ys).max(axis=-1)


def reaches(params, letters, strings_in_a_row, network=FUSED):
    """The n up to which every string is foretold right at every step, when it is read so many times in a row."""
    reached = 0
    for n in [*range(1, 100), *range(100, FAR + 1, BY)]:
        xs, targets, _ = strings([[n] * strings_in_a_row], letters)
        ys, *_ = answers(xs, zero_states(network, params, 1), params, network)
        if not may_come_first(ys, targets).all():
            break
        reached = n
    return reached


def learn(seed, letters, steps):
    """One run, and its parameters."""
    rng, ns = np.random.default_rng(seed), np.arange(1, LONGEST + 1)
    k = len(letters) + 1
    params = init(FUSED, k, UNITS[letters], k, rng) | {"b_f": np.full(UNITS[letters], FORGET_BIAS)}
    batches = (strings(list(zip(ns, rng.permutation(ns))), letters) for _ in range(steps))
    rates = LR * (1 - np.arange(steps) / steps)
    for params, loss, _ in train(params, FUSED, batches, cross_entropy, rates, MAX_NORM):
        pass
    return {"seed": seed, "letters": letters, **quality(params, letters)}, params


def quality(params, letters):
    """How far a network goes with one string, and with a second one right after it."""
    return {"reaches": reaches(params, letters, 1), "twice": reaches(params, letters, 2)}


def run(progress, seeds=range(10), steps=STEPS):
    """Every seed and language; kept is the network that goes farthest, of each."""
    settings = [{"seed": seed, "letters": letters, "steps": steps[letters]} for letters in steps for seed in seeds]
    trained = each(learn, settings, progress)
    fixed = {"units": UNITS, "longest": LONGEST, "lr": LR, "forget_bias": FORGET_BIAS, "max_norm": MAX_NORM, "far": FAR}
    networks = {}
    for letters in steps:
        best, params = max((run for run in trained if run[0]["letters"] == letters), key=lambda run: run[0]["twice"])
        networks[f"counting_{letters}"] = {
            "params": params,
            "alphabet": letters + "E",
            "settings": fixed | {"units": UNITS[letters], "steps": steps[letters], "seed": best["seed"]},
            "measure": lambda rounded, letters=letters: quality(rounded, letters),
            "letters": letters,
        }
    return {"settings": fixed | {"steps": steps}, "runs": [run for run, _ in trained], "networks": networks}
