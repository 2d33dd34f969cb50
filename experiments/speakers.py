"""Who says /ae/: LSTMs that read frames of cepstra, beside simple classifiers, on the Japanese vowels."""

import numpy as np

from experiments.parallel import each
from experiments.reading import BOTH_WAYS, MEAN, both_ways, last_steps
from experiments.simple import gaussians, logistic_regression, nearest
from experiments.training import FUSED, answers, cross_entropy, init, train, zero_states
from lstmbook.vowels import padded, utterances

UNITS, BATCH, LR, MAX_NORM, SPEAKERS, COEFFICIENTS, RESAMPLED = 32, 27, 0.01, 1.0, 9, 12, 10
LATE = 24  # of each speaker's 30 training utterances those from here on are for choosing
NETWORKS = {"last frame": FUSED, "every frame": FUSED, "mean of frames": MEAN, "both ways": BOTH_WAYS}
GRID = [{"noise": noise, "epochs": epochs} for noise in (0.0, 0.3) for epochs in (10, 20, 40)]
SIMPLE = {
    "logistic regression, mean frame": [{"decay": decay} for decay in (1e-4, 1e-3, 1e-2)],
    "logistic regression, ten frames": [{"decay": decay} for decay in (1e-4, 1e-3, 1e-2)],
    "nearest neighbours, ten frames": [{"neighbours": neighbours} for neighbours in (1, 3, 5)],
    "a Gaussian per speaker": [{"shrink": shrink} for shrink in (0.0, 0.1, 0.3)],
}


def parts(final):
    """Frames and speakers to learn from and to be measured on; standardised by the first.

    The test part is looked at in the end alone (`final`); until then a fifth of the training part stands in for it.
    """
    frames, speakers = utterances("train")
    if final:
        others, others_speakers = utterances("test")
    else:
        late = np.arange(len(frames)) % 30 >= LATE
        others, others_speakers = [frames[i] for i in np.flatnonzero(late)], speakers[late]
        frames, speakers = [frames[i] for i in np.flatnonzero(~late)], speakers[~late]
    rows = np.concatenate(frames)
    mean, std = rows.mean(axis=0), rows.std(axis=0)
    standard = [[(one - mean) / std for one in several] for several in (frames, others)]
    return standard[0], speakers, standard[1], others_speakers


def batch(frames, speakers, network):
    """``xs``, ``targets`` and ``asked``, as of `experiments.tasks`."""
    xs, lengths = padded(frames)
    asked = last_steps(lengths, len(xs))
    if network == "every frame":
        asked = (np.arange(len(xs))[:, None] < lengths).astype(float)
    if network == "both ways":
        xs = both_ways(xs, lengths)
    return xs, np.broadcast_to(np.eye(SPEAKERS)[speakers], (*asked.shape, SPEAKERS)), asked


def epochs_of(rng, frames, speakers, network, noise, epochs):
    """Batches that go over all utterances, shuffled, epoch after epoch, each time with fresh noise on every number."""
    for _ in range(epochs):
        order = rng.permutation(len(frames))
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            noisy = [frames[i] + noise * rng.normal(size=frames[i].shape) for i in chosen]
            yield batch(noisy, speakers[chosen], network)


def learn(seed, network, noise, epochs, final):
    """One run: loss and share of right answers at the last frame, and that share after each frame of reading."""
    rng, net = np.random.default_rng(seed), NETWORKS[network]
    frames, speakers, others, others_speakers = parts(final)
    params = init(net, COEFFICIENTS * (2 if network == "both ways" else 1), UNITS, SPEAKERS, rng)
    seen = epochs_of(rng, frames, speakers, network, noise, epochs)
    for params, _, _ in train(params, net, seen, cross_entropy, LR, MAX_NORM):
        pass
    xs, targets, _ = batch(others, others_speakers, network)
    lengths = np.array([len(one) for one in others])
    ys, *_ = answers(xs, zero_states(net, params, len(others)), params, net)
    losses = cross_entropy(ys, targets)[0]
    run = {"seed": seed, "network": network, "noise": noise, "epochs": epochs}
    return run | {"loss": at_the_end(losses, lengths).mean()} | shares(ys, others_speakers, lengths, network)


def at_the_end(values, lengths):
    """What stands at each sequence's last real frame."""
    return values[lengths - 1, np.arange(len(lengths))]


def shares(ys, speakers, lengths, network):
    """The share of right answers: at each utterance's end; and after 1, 2, … frames, or at the end if that is before."""
    right = ys.argmax(axis=-1) == speakers
    step = np.minimum(np.arange(len(ys))[:, None], lengths - 1)  # (T, B)
    after = np.take_along_axis(right, step, axis=0).mean(axis=1)
    return {"right": at_the_end(right, lengths).mean(), "after": [] if network == "both ways" else after}


def resampled(frames):
    """Each utterance stretched or shrunk to ten frames, one behind the other: (N, 120)."""
    rows = []
    for one in frames:
        places = np.linspace(0, len(one) - 1, RESAMPLED)
        rows.append(np.concatenate([np.interp(places, np.arange(len(one)), column) for column in one.T]))
    return np.array(rows)


def mean_frames(frames):
    """Each utterance's mean frame: (N, 12)."""
    return np.array([one.mean(axis=0) for one in frames])


def learn_simple(name, setting, final):
    """A simple classifier's answers, measured as a network's."""
    frames, speakers, others, others_speakers = parts(final)
    lengths = np.array([len(one) for one in others])
    if name == "a Gaussian per speaker":
        score = gaussians(frames, speakers, SPEAKERS, **setting)
        xs, _ = padded(others)
        ys = np.cumsum([score(frames) for frames in xs], axis=0)  # (T, B, k): frame after frame, added up
    else:
        features = resampled if name.endswith("ten frames") else mean_frames
        method = logistic_regression if name.startswith("logistic") else nearest
        rows = features(frames)
        mean, std = rows.mean(axis=0), rows.std(axis=0)
        score = method((rows - mean) / std, speakers, SPEAKERS, **setting)
        scores = score((features(others) - mean) / std)  # (B, k), the same after any frame
        ys = np.broadcast_to(scores, (lengths.max(), *scores.shape))
    share = shares(ys, others_speakers, lengths, name)
    run = {"seed": None, "network": name, "noise": None, "epochs": None, "loss": None}
    return run | share | ({} if name == "a Gaussian per speaker" else {"after": []})


def run(progress, seeds=range(10), seeds_to_choose=range(5), grid=GRID, networks=NETWORKS, simple=SIMPLE):
    """Choose by a part of the training utterances; then learn from all of them, and be tested once."""
    tried = [{"network": name} | setting for name in networks for setting in grid]
    found = each(learn, [one | {"seed": seed, "final": False} for one in tried for seed in seeds_to_choose], progress)
    losses = [np.mean([run["loss"] for run in found if one.items() <= run.items()]) for one in tried]
    best = [grid[int(np.argmin(part))] for part in np.split(np.array(losses), len(networks))]
    chosen = dict(zip(networks, best))
    final = [{"seed": seed, "network": name, "final": True} | chosen[name] for name in networks for seed in seeds]
    runs = each(learn, final, progress)
    for name, settings in simple.items():
        chosen[name] = max(settings, key=lambda setting: learn_simple(name, setting, final=False)["right"])
        runs.append(learn_simple(name, chosen[name], final=True))
    fixed = {"data": "Japanese vowels", "units": UNITS, "batch": BATCH, "lr": LR, "max_norm": MAX_NORM}
    return {"settings": fixed | {"chosen": chosen}, "runs": runs}
