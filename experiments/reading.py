"""Networks that read sequences of different lengths: what is read out after the last real frame."""

import numpy as np

from experiments.training import FUSED, Network


def _each_way(params, way):
    """One direction's parameters, under their plain names."""
    return {name[2:]: value for name, value in params.items() if name.startswith(way)}


def _both_init(m, n, rng):
    ways = {way: FUSED.init(m // 2, n // 2, rng) for way in ("r_", "l_")}
    return {way + name: value for way, params in ways.items() for name, value in params.items()}


def _both_forward(xs, states, params):
    m, n = xs.shape[-1] // 2, states[0].shape[-1] // 2
    right, _, to_right = FUSED.forward(xs[..., :m], tuple(s[:, :n] for s in states), _each_way(params, "r_"))
    left, _, to_left = FUSED.forward(xs[..., m:], tuple(s[:, n:] for s in states), _each_way(params, "l_"))
    return np.concatenate([right, left], axis=-1), states, (to_right, to_left)


def _both_backward(dhs, tapes, params):
    n = dhs.shape[-1] // 2
    grads = {}
    for way, dh, tape in zip(("r_", "l_"), (dhs[..., :n], dhs[..., n:]), tapes):
        grads |= {way + name: grad for name, grad in FUSED.backward(dh, tape, None).items()}
    return grads


def _mean_forward(xs, states, params):
    hs, states, tape = FUSED.forward(xs, states, params)
    return np.cumsum(hs, axis=0) / np.arange(1, len(hs) + 1)[:, None, None], states, tape


def _mean_backward(dmeans, tape, params):
    shares = dmeans / np.arange(1, len(dmeans) + 1)[:, None, None]
    dhs = np.cumsum(shares[::-1], axis=0)[::-1]  # h_k is part of every mean from step k on
    return FUSED.backward(dhs, tape, params)


BOTH_WAYS = Network(2, _both_init, _both_forward, _both_backward)  # reads `both_ways(xs, lengths)`
MEAN = Network(2, FUSED.init, _mean_forward, _mean_backward)  # shows the mean of all hidden states so far


def both_ways(xs, lengths):
    """Each sequence beside itself turned round, so that both directions end at its last real step.

    Parameters
    ----------
    xs : ndarray of shape (T, B, m)
    lengths : ndarray of int of shape (B,)
        Each sequence is turned within its own length; what stands behind it stays there.

    Returns
    -------
    ndarray of shape (T, B, 2m)
    """
    steps = np.arange(len(xs))[:, None]
    turned = np.where(steps < lengths, lengths - 1 - steps, steps)  # (T, B)
    return np.concatenate([xs, np.take_along_axis(xs, turned[..., None], axis=0)], axis=-1)


def last_steps(lengths, T):
    """`asked` (T, B) of `experiments.tasks`: 1 at each sequence's last real step."""
    return (np.arange(T)[:, None] == lengths - 1).astype(float)
