"""Clipping on and off: an LSTM, and an RNN whose gradients explode, on the adding problem over 50 steps."""

import numpy as np

from autograder.reference.affine import affine, affine_backward
from experiments import tasks
from experiments.adding_problem import error
from experiments.parallel import each
from experiments.training import LSTM, Network, init, squared_error, train

UNITS, BATCH, TEST, EVERY = 16, 32, 1000, 50


def identity_init(m, n, rng):
    """W acts on h as the identity, so at first what a unit holds stays; on x it is normal of variance 1/n; b is zero."""
    return {"W_h": np.hstack([np.eye(n), rng.normal(size=(n, m)) / np.sqrt(n)]), "b_h": np.zeros(n)}


def identity_forward(xs, states, params):
    """h_t = max(0, W · [h_{t−1}, x_t] + b) (Le, Jaitly and Hinton 2015)."""
    (h,) = states
    hs, caches = [], []
    for x in xs:  # (B, m)
        h_prev, h = h, np.maximum(0, affine(h, x, params["W_h"], params["b_h"]))  # (B, n)
        hs.append(h)
        caches.append((x, h_prev, h))
    return np.stack(hs), (h,), caches


def identity_backward(dhs, caches, params):
    """Back through time: dz_t = dh_t where h_t > 0, else 0."""
    dh_next, total = 0.0, {name: np.zeros_like(params[name]) for name in ("W_h", "b_h")}
    for dh, (x, h_prev, h) in zip(reversed(dhs), reversed(caches)):
        dz = (dh + dh_next) * (h > 0)  # (B, n)
        dh_next, _, grads = affine_backward({"h": dz}, h_prev, x, params)
        total = {name: total[name] + grads[name] for name in total}
    return total


IDENTITY = Network(1, identity_init, identity_forward, identity_backward)
NETWORKS = {"LSTM": (LSTM, 0.02), "RNN": (IDENTITY, 0.005)}  # with their learning rates


def learn(seed, network, max_norm, T, steps):
    """One run: the error on unseen sequences every 50 steps, and the greatest norm of a gradient since the last.

    ``max_norm`` None takes the gradients as they are.
    """
    rng, (net, lr) = np.random.default_rng(seed), NETWORKS[network]
    unseen = tasks.adding(np.random.default_rng([seed, T]), T, TEST)
    params = init(net, 2, UNITS, 1, rng)
    batches = (tasks.adding(rng, T, BATCH) for _ in range(steps))
    limit = np.inf if max_norm is None else max_norm
    errors, norms, lately = [error(params, net, *unseen)], [], []
    for step, (params, _, norm) in enumerate(train(params, net, batches, squared_error, lr, limit), start=1):
        lately.append(norm)
        if step % EVERY == 0:
            errors.append(error(params, net, *unseen))
            norms.append(max(lately))
            lately = []
    return {"seed": seed, "network": network, "max_norm": max_norm, "errors": errors, "norms": norms}


def run(progress, seeds=range(5), T=50, steps=1200):
    """Both networks on every seed, with gradients clipped to a norm of 1 and as they are."""
    settings = [
        {"seed": seed, "network": network, "max_norm": max_norm, "T": T, "steps": steps}
        for network in NETWORKS
        for max_norm in (1.0, None)
        for seed in seeds
    ]
    rates = {network: lr for network, (_, lr) in NETWORKS.items()}
    fixed = {"task": "adding problem", "T": T, "units": UNITS, "batch": BATCH, "lr": rates, "steps": steps}
    return {"settings": fixed | {"unseen": TEST, "every": EVERY}, "runs": each(learn, settings, progress)}
