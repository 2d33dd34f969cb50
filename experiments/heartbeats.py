"""Normal, ventricular or between: LSTMs that read an electrocardiogram beat by beat, beside simple classifiers."""

import numpy as np

from experiments.parallel import each
from experiments.simple import logistic_regression, nearest
from experiments.tasks import at_the_end
from experiments.training import FUSED, answers, cross_entropy, init, train, zero_states
from lstmbook.heartbeats import BEFORE, EVERY, KINDS, RATE, beats

UNITS, BATCH, LR, MAX_NORM = 16, 32, 0.01, 1.0
CHOOSE, TEST = 135, 180  # seconds: until then to learn from, until then to choose by, and after that to be tested on
VALUES = 4  # of the window that are read at each step: 18 steps of 44 ms
GRID = [{"noise": noise, "epochs": epochs} for noise in (0.0, 0.3) for epochs in (20, 40)]
SIMPLE = {
    "always normal": [{}],
    "one number": [{}],
    "logistic regression": [{"decay": decay} for decay in (1e-3, 1e-2, 1e-1)],
    "nearest neighbours": [{"neighbours": neighbours} for neighbours in (1, 3, 5)],
}
# "one number": the mean from 0.1 s to 0.25 s after the spike, where a ventricular beat lies low.
DIP = slice((BEFORE + RATE // 10) // EVERY, (BEFORE + RATE // 4) // EVERY)


def parts(split, seed=None):
    """Windows and kinds to learn from and to be measured on, in units of the first part's spread.

    Parameters
    ----------
    split : str
        "choose": the first part in time, and the next; "time": both of these, and the last, which is the test part;
        "shuffled": as many beats as in "time", drawn without regard to time.
    seed : int
        Of the draw.
    """
    windows, seconds, kinds = beats()
    first = seconds < (CHOOSE if split == "choose" else TEST)
    second = (seconds >= CHOOSE) & (seconds < TEST) if split == "choose" else ~first
    if split == "shuffled":
        order = np.random.default_rng([seed, 208]).permutation(len(first))
        first, second = first[order], second[order]
    spread = windows[first].std()
    return windows[first] / spread, kinds[first], windows[second] / spread, kinds[second]


def weights(kinds):
    """Each kind weighs the same in sum: a beat of a rare kind counts more."""
    return 1 / np.bincount(kinds, minlength=len(KINDS))[kinds]


def steps(windows, values):
    """Windows (B, 72) as sequences (72 / values, B, values)."""
    return windows.reshape(len(windows), -1, values).swapaxes(0, 1)


def batches(rng, windows, kinds, values, balanced, noise, epochs):
    """All beats, shuffled, epoch after epoch: ``xs``, ``targets``, and ``asked``, which carries the kinds' weights."""
    weight = weights(kinds) if balanced else np.ones(len(kinds))
    for _ in range(epochs):
        order = rng.permutation(len(kinds))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            xs = steps(windows[chosen], values)
            xs = xs + noise * rng.normal(size=xs.shape)
            targets = np.broadcast_to(np.eye(len(KINDS))[kinds[chosen]], (len(xs), len(chosen), len(KINDS)))
            yield xs, targets, at_the_end(len(xs), len(chosen)) * weight[chosen]


def learn(seed, values, balanced, noise, epochs, split):
    """One run, measured on the second part."""
    rng = np.random.default_rng(seed)
    windows, kinds, others, others_kinds = parts(split, seed)
    params = init(FUSED, values, UNITS, len(KINDS), rng)
    seen = batches(rng, windows, kinds, values, balanced, noise, epochs)
    for params, _, _ in train(params, FUSED, seen, cross_entropy, LR, MAX_NORM):
        pass
    ys, *_ = answers(steps(others, values), zero_states(FUSED, params, len(others)), params, FUSED)
    setting = {"values": values, "balanced": balanced, "noise": noise, "epochs": epochs, "split": split}
    return {"seed": seed, "network": "LSTM"} | setting | measured(ys[-1], others_kinds)


def learn_simple(name, setting, split, seed=None):
    """A simple classifier, measured on the second part; where it can weigh, every kind weighs the same."""
    windows, kinds, others, others_kinds = parts(split, seed)
    if name == "always normal":
        ys = np.tile([1.0, 0.0, 0.0], (len(others), 1))
    elif name == "one number":
        means = [windows[kinds == k][:, DIP].mean() for k in range(len(KINDS))]
        ys = -((others[:, DIP].mean(axis=1)[:, None] - means) ** 2)  # the nearest kind's mean
    elif name == "logistic regression":
        ys = logistic_regression(windows, kinds, len(KINDS), weights=weights(kinds), **setting)(others)
    else:
        ys = nearest(windows, kinds, len(KINDS), **setting)(others)
    run = {"seed": seed, "network": name, "values": None, "balanced": None, "noise": None, "epochs": None, "split": split}
    return run | measured(ys, others_kinds) | {"confidence": None, "confidence when wrong": None}


def measured(ys, kinds):
    """What `ys` (N, 3) say of beats of these kinds.

    Returns
    -------
    dict
        ``said``, the answers in a row; ``table``, a row for each true kind, a column for each answer; ``right``, the
        share of right answers; ``balanced accuracy``, the mean over the kinds of the share of each that was found;
        ``loss`` and ``confidence``, the mean cross-entropy and the mean of the largest probability; ``confidence when
        wrong``, the latter over the wrong answers.
    """
    said = ys.argmax(axis=-1)
    table = np.zeros((len(KINDS), len(KINDS)), dtype=int)
    np.add.at(table, (kinds, said), 1)
    losses = cross_entropy(ys, np.eye(len(KINDS))[kinds])[0]
    surest = np.exp(-cross_entropy(ys, np.eye(len(KINDS))[said])[0])
    found = np.diag(table) / table.sum(axis=1)
    wrong = said != kinds
    return {
        "said": "".join(KINDS[k] for k in said),
        "table": table,
        "right": 1 - wrong.mean(),
        "balanced accuracy": found.mean(),
        "loss": losses.mean(),
        "confidence": surest.mean(),
        "confidence when wrong": surest[wrong].mean() if wrong.any() else None,
    }


def goodness(runs):
    """What is chosen by: the mean balanced accuracy, and between equals the mean loss."""
    return np.mean([run["balanced accuracy"] for run in runs]), -np.mean([run["loss"] for run in runs])


def run(progress, seeds=range(10), seeds_to_choose=range(5), grid=GRID, simple=SIMPLE):
    """Choose by the part in the middle; then learn from everything before the test part, and be tested once."""
    before = {"values": VALUES, "balanced": True, "split": "choose"}
    found = each(learn, [one | before | {"seed": seed} for one in grid for seed in seeds_to_choose], progress)
    groups = [[run for run in found if setting.items() <= run.items()] for setting in grid]
    chosen = {"LSTM": grid[max(range(len(grid)), key=lambda k: goodness(groups[k]))]}
    kinds = [
        {"values": VALUES, "balanced": True, "split": "time"},
        {"values": VALUES, "balanced": False, "split": "time"},
        {"values": 1, "balanced": True, "split": "time"},
        {"values": VALUES, "balanced": True, "split": "shuffled"},
    ]
    runs = each(learn, [{"seed": seed} | kind | chosen["LSTM"] for kind in kinds for seed in seeds], progress)
    for name, settings in simple.items():
        chosen[name] = max(settings, key=lambda setting: goodness([learn_simple(name, setting, "choose")]))
        runs.append(learn_simple(name, chosen[name], "time"))
        runs += [learn_simple(name, chosen[name], "shuffled", seed) for seed in seeds]
    fixed = {"data": "five minutes of record 208", "units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM}
    return {"settings": fixed | {"choose_from": CHOOSE, "test_from": TEST, "chosen": chosen}, "runs": runs}
