"""Both ways, and on top: when a bidirectional or a stacked LSTM does better than one layer with as many parameters."""

from functools import partial

import numpy as np

from autograder.reference import init_params
from autograder.reference.fused import lstm_backward_fused, lstm_forward_fused
from experiments import tasks
from experiments.parallel import each
from experiments.training import FUSED, Network, answers, init, squared_error, train, zero_states

BATCH, LR, MAX_NORM, TEST, EVERY = 32, 0.02, 1.0, 1000, 25
SOLVED = 0.01
AWAY = 3  # how many steps before and after its own a step is asked about


def neighbours(rng, T, B, later=0):
    """At each step, the sum of the numbers `AWAY` steps before and after it; perhaps to be said later."""
    xs = rng.uniform(size=(T, B, 1))
    sums = xs[: -2 * AWAY] + xs[2 * AWAY :]  # (T − 6, B, 1), of the steps AWAY, AWAY + 1, …
    targets, asked = np.zeros((T, B, 1)), np.zeros((T, B))
    targets[AWAY + later : T - AWAY + later] = sums
    asked[AWAY + later : T - AWAY + later] = 1
    return xs, targets, asked


def pairs(rng, T, B):
    """At each step, whether the number of ones that follow a one has been odd so far."""
    bits = rng.integers(0, 2, size=(T, B))
    follows = np.concatenate([np.zeros((1, B), dtype=int), bits[1:] & bits[:-1]])
    return bits[..., None].astype(float), (follows.cumsum(axis=0) % 2)[..., None].astype(float), np.ones((T, B))


def part(params, name):
    """One LSTM's parameters out of those of several."""
    return {key.removeprefix(name): value for key, value in params.items() if key.startswith(name)}


def named(name, params):
    return {f"{name}{key}": value for key, value in params.items()}


def read(xs, params):
    """`lstm_forward_fused` from zero states."""
    zeros = np.zeros((xs.shape[1], len(params["b_f"])))
    hs, _, tape = lstm_forward_fused(xs, zeros, zeros, params)
    return hs, tape


def both_init(m, n, rng):
    """Two LSTMs of n / 2 units each."""
    return named("right ", init_params(m, n // 2, rng)) | named("left ", init_params(m, n // 2, rng))


def both_forward(xs, states, params):
    """One LSTM reads from the first step, one from the last; each starts at zeros."""
    right, tape_right = read(xs, part(params, "right "))
    left, tape_left = read(xs[::-1], part(params, "left "))
    return np.concatenate([right, left[::-1]], axis=-1), (), (tape_right, tape_left)


def both_backward(dhs, tapes, params):
    n = dhs.shape[-1] // 2
    *_, right = lstm_backward_fused(dhs[..., :n], tapes[0])
    *_, left = lstm_backward_fused(dhs[::-1, :, n:], tapes[1])
    return named("right ", right) | named("left ", left)


def stack_init(m, n, rng):
    """Two layers of n units each."""
    return named("lower ", init_params(m, n, rng)) | named("upper ", init_params(n, n, rng))


def stack_forward(xs, states, params):
    """The upper layer reads the lower one's hidden states; both start at zeros."""
    hs, lower = read(xs, part(params, "lower "))
    hs, upper = read(hs, part(params, "upper "))
    return hs, (), (lower, upper)


def stack_backward(dhs, tapes, params):
    dhs, _, _, upper = lstm_backward_fused(dhs, tapes[1])  # dx of the upper layer is dh of the lower
    *_, lower = lstm_backward_fused(dhs, tapes[0])
    return named("lower ", lower) | named("upper ", upper)


BOTH = Network(0, both_init, both_forward, both_backward)
STACK = Network(0, stack_init, stack_forward, stack_backward)
NETWORKS = {  # with as many units as bring about 1,200 parameters, and one that is wider
    "one layer": (FUSED, 16),
    "both ways": (BOTH, 22),
    "stack": (STACK, 9),
    "wide stack": (STACK, 16),
}
TASKS = {  # with their lengths and the steps of training
    "neighbours": (neighbours, 20, 600),
    "neighbours, later": (partial(neighbours, later=AWAY), 20, 600),
    "adding": (tasks.adding, 50, 1200),
    "pairs": (pairs, 20, 600),
}
COMPARED = [
    ("neighbours", "one layer"),
    ("neighbours", "both ways"),
    ("neighbours, later", "one layer"),
    *(("pairs", name) for name in ("one layer", "stack", "wide stack")),
    *(("adding", name) for name in ("one layer", "both ways", "stack")),
]


def error(params, network, xs, targets, asked):
    """Mean squared error of the answers that count."""
    ys, *_ = answers(xs, zero_states(network, params, xs.shape[1]), params, network)
    return np.sum((ys - targets)[..., 0] ** 2 * asked) / asked.sum()


def learn(seed, task, network, T, steps):
    """One run: the error on unseen sequences at the end, and the first step at which it was below `SOLVED`."""
    rng, (draw, *_), (net, n) = np.random.default_rng(seed), TASKS[task], NETWORKS[network]
    unseen = draw(np.random.default_rng([seed, T]), T, TEST)
    params = init(net, unseen[0].shape[-1], n, 1, rng)
    batches = (draw(rng, T, BATCH) for _ in range(steps))
    solved = None
    for step, (params, _, _) in enumerate(train(params, net, batches, squared_error, LR, MAX_NORM), start=1):
        if step % EVERY == 0 or step == steps:
            last = error(params, net, *unseen)
            solved = step if solved is None and last < SOLVED else solved
    size = sum(array.size for array in params.values())
    return {"seed": seed, "task": task, "network": network, "parameters": size, "error": last, "solved_at": solved}


def run(progress, seeds=range(5), lengths=None):
    """Every comparison with every seed; `lengths` are other T and steps of training than those of `TASKS`, by task."""
    lengths = {name: (T, steps) for name, (_, T, steps) in TASKS.items()} | (lengths or {})
    settings = [
        {"seed": seed, "task": task, "network": network, "T": lengths[task][0], "steps": lengths[task][1]}
        for task, network in COMPARED
        for seed in seeds
    ]
    fixed = {"batch": BATCH, "lr": LR, "max_norm": MAX_NORM, "unseen": TEST, "every": EVERY, "solved_below": SOLVED}
    return {"settings": fixed | {"T and steps": lengths, "away": AWAY}, "runs": each(learn, settings, progress)}
