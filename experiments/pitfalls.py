"""Pitfalls: an LSTM on the adding problem over 50 steps, made, trained or read in ways that are not meant."""

from functools import partial

import numpy as np

from autograder.reference.affine import affine, affine_backward
from autograder.reference.gates import sigmoid
from experiments import tasks
from experiments.ablations import LR, STEPS, T
from experiments.adding_problem import BATCH, EVERY, MAX_NORM, TEST, UNITS, error
from experiments.parallel import each
from experiments.training import LSTM, Network, init, squared_error, train

LEVELS = (2, 3, 5, 9, 17)  # values that a gate may have, evenly from 0 to 1; two make it a switch
WRONG_AT = 800  # the step of training at which one target has lost its decimal point: 1.134 has become 1134


def soft(z):
    """A gate as it is: σ and its slope."""
    value = sigmoid(z)
    return value, value * (1 - value)


def switch(z):
    """A gate that is open or shut: 1 where z > 0, else 0. Its slope is 0."""
    return (z > 0).astype(float), np.zeros_like(z)


def switch_with_borrowed_slope(z):
    """A switch on the way there, σ's slope on the way back: after Bengio et al. (2013)."""
    return switch(z)[0], soft(z)[1]


def stepped(z, levels):
    """σ rounded to the nearest of so many values."""
    return np.round(sigmoid(z) * (levels - 1)) / (levels - 1), np.zeros_like(z)


def forward(xs, states, params, gate, shown):
    """An LSTM with any function for its gates, whose readout reads h or c (`shown`)."""
    h, c = states
    read, caches = [], []
    for x in xs:  # (B, m)
        z = {layer: affine(h, x, params[f"W_{layer}"], params[f"b_{layer}"]) for layer in "fico"}  # each (B, n)
        f, i, o = (gate(z[layer]) for layer in "fio")  # each a value and a slope
        h_prev, c_prev, c_tilde = h, c, np.tanh(z["c"])
        c = f[0] * c_prev + i[0] * c_tilde
        h = o[0] * np.tanh(c)
        read.append(h if shown == "h" else c)
        caches.append((x, h_prev, c_prev, f, i, c_tilde, o, c))
    return np.stack(read), (h, c), caches


def backward(dread, caches, params, shown):
    """The way back through `forward`; ``dread`` is the gradient of what the readout read."""
    dh = dc = np.zeros_like(dread[0])
    total = None
    for d, (x, h_prev, c_prev, f, i, c_tilde, o, c) in zip(reversed(dread), reversed(caches)):
        dh, dc = (dh + d, dc) if shown == "h" else (dh, dc + d)
        dc = dc + dh * o[0] * (1 - np.tanh(c) ** 2)
        dz = {
            "f": dc * c_prev * f[1],
            "i": dc * c_tilde * i[1],
            "c": dc * i[0] * (1 - c_tilde**2),
            "o": dh * np.tanh(c) * o[1],
        }
        dc = dc * f[0]
        dh, _, grads = affine_backward(dz, h_prev, x, params)
        total = {name: total[name] + grads[name] for name in total} if total else grads
    return total


def network(gate=soft, shown="h"):
    """That LSTM, to be trained."""
    return Network(2, LSTM.init, partial(forward, gate=gate, shown=shown), partial(backward, shown=shown))


WAYS = {
    "as it should be": {},
    "c for h": {"net": network(shown="c")},
    "forget bias 0": {"forget_bias": 0.0},
    "switches": {"net": network(switch)},
    "switches with borrowed slopes": {"net": network(switch_with_borrowed_slope)},
    "a wrong value": {"wrong": True},
    "a wrong value, not clipped": {"wrong": True, "max_norm": np.inf},
}


def learn(seed, way, steps=STEPS):
    """One run: errors on unseen sequences while it learns, on longer ones at the end, and what becomes of it if misread."""
    setting = {"net": network(), "forget_bias": 1.0, "wrong": False, "max_norm": MAX_NORM} | WAYS[way]
    rng, net = np.random.default_rng(seed), setting["net"]
    unseen = tasks.adding(np.random.default_rng([seed, T]), T, TEST)
    params = init(net, 2, UNITS, 1, rng)
    params["b_f"] = np.full(UNITS, setting["forget_bias"])
    errors = [error(params, net, *unseen)]
    batches = drawn(rng, steps, setting["wrong"])
    for step, (params, _, _) in enumerate(train(params, net, batches, squared_error, LR, setting["max_norm"]), start=1):
        if step % EVERY == 0:
            errors.append(error(params, net, *unseen))
    longer = tasks.adding(np.random.default_rng([seed, 4 * T]), 4 * T, TEST // 4)
    misread = {f"gates of {levels} values": network(partial(stepped, levels=levels)) for levels in LEVELS}
    misread["c for h"] = network(shown="c")
    return {
        "seed": seed,
        "way": way,
        "errors": errors,
        "four times as long": error(params, net, *longer),
        "misread": {name: error(params, other, *unseen) for name, other in misread.items()},
        "gates in between": in_between(unseen[0], params, net),
    }


def drawn(rng, steps, wrong):
    """Batches of the adding problem; with `wrong`, one target of one of them is a thousand times too large."""
    for step in range(1, steps + 1):
        xs, targets, asked = tasks.adding(rng, T, BATCH)
        if wrong and step == WRONG_AT:
            targets = targets.copy()
            targets[:, 0] *= 1000
        yield xs, targets, asked


def in_between(xs, params, net):
    """Share of all gates, units and steps whose value lies between 0.1 and 0.9."""
    zeros = np.zeros((xs.shape[1], UNITS))
    _, _, caches = net.forward(xs, (zeros, zeros), params)
    gates = np.array([[gate[0] for gate in (f, i, o)] for _, _, _, f, i, _, o, _ in caches])
    return np.mean((gates > 0.1) & (gates < 0.9))


def run(progress, seeds=range(5), steps=STEPS):
    """Every way with every seed."""
    settings = [{"seed": seed, "way": way, "steps": steps} for way in WAYS for seed in seeds]
    fixed = {"task": "adding problem", "T": T, "steps": steps, "units": UNITS, "batch": BATCH, "lr": LR}
    fixed |= {"max_norm": MAX_NORM, "unseen": TEST, "every": EVERY, "wrong_at": WRONG_AT}
    return {"settings": fixed, "runs": each(learn, settings, progress)}
