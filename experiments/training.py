"""Training, as chapter 14 tells it: a network, a readout, a loss, its gradients, clipping, a step of Adam."""

from itertools import repeat
from typing import Callable, NamedTuple

import numpy as np

from autograder.reference import adam_step, clip_gradients, init_params, lstm_backward, lstm_forward
from autograder.reference.affine import affine, affine_backward
from autograder.reference.fused import lstm_backward_fused, lstm_forward_fused


class Network(NamedTuple):
    """A recurrent network as plain functions; ``states`` are what goes from step to step, each of shape (B, n).

    Attributes
    ----------
    states : int
        How many there are.
    init : callable
        ``init(m, n, rng)`` → params.
    forward : callable
        ``forward(xs, states, params)`` → hs of shape (T, B, n), the states at the end, caches.
    backward : callable
        ``backward(dhs, caches, params)`` → grads; no gradient comes from beyond the last step.
    """

    states: int
    init: Callable
    forward: Callable
    backward: Callable


def rnn_init(m, n, rng):
    """Parameters of a plain RNN: W uniform in ±1/√n, b zero."""
    limit = 1 / np.sqrt(n)
    return {"W_h": rng.uniform(-limit, limit, size=(n, n + m)), "b_h": np.zeros(n)}


def rnn_forward(xs, states, params):
    """h_t = tanh(W · [h_{t−1}, x_t] + b)."""
    (h,) = states
    hs, caches = [], []
    for x in xs:  # (B, m)
        h_prev, h = h, np.tanh(affine(h, x, params["W_h"], params["b_h"]))  # (B, n)
        hs.append(h)
        caches.append((x, h_prev, h))
    return np.stack(hs), (h,), caches


def rnn_backward(dhs, caches, params):
    """Back through time: dz_t = (dh_t from outside + from step t + 1) ⊙ (1 − h_t²)."""
    dh_next, total = 0.0, {name: np.zeros_like(params[name]) for name in ("W_h", "b_h")}
    for dh, (x, h_prev, h) in zip(reversed(dhs), reversed(caches)):
        dz = (dh + dh_next) * (1 - h**2)  # (B, n)
        dh_next, _, grads = affine_backward({"h": dz}, h_prev, x, params)
        total = {name: total[name] + grads[name] for name in total}
    return total


def _lstm_forward(xs, states, params):
    hs, cs, caches = lstm_forward(xs, *states, params)
    return hs, (hs[-1], cs[-1]), caches


def _lstm_backward(dhs, caches, params):
    return lstm_backward(dhs, caches, params)[-1]


def _fused_forward(xs, states, params):
    hs, cs, tape = lstm_forward_fused(xs, *states, params)
    return hs, (hs[-1], cs[-1]), tape


def _fused_backward(dhs, tape, params):
    return lstm_backward_fused(dhs, tape)[-1]


LSTM = Network(2, init_params, _lstm_forward, _lstm_backward)
FUSED = Network(2, init_params, _fused_forward, _fused_backward)  # the same, for what takes minutes
RNN = Network(1, rnn_init, rnn_forward, rnn_backward)


def init(network, m, n, k, rng):
    """A network's parameters and those of a readout of k numbers: W_y (k, n) uniform in ±1/√n, b_y zero."""
    limit = 1 / np.sqrt(n)
    return network.init(m, n, rng) | {"W_y": rng.uniform(-limit, limit, size=(k, n)), "b_y": np.zeros(k)}


def zero_states(network, params, B):
    """Before anything has been read: zeros."""
    n = params["W_y"].shape[1]
    return (np.zeros((B, n)),) * network.states


def answers(xs, states, params, network):
    """Read a batch of sequences: y_t = W_y · h_t + b_y at every step.

    Parameters
    ----------
    xs : ndarray of shape (T, B, m)
    states : tuple of ndarray of shape (B, n)
    params : dict of str to ndarray
    network : Network

    Returns
    -------
    ys : ndarray of shape (T, B, k)
    hs : ndarray of shape (T, B, n)
    states : tuple of ndarray of shape (B, n)
        At the end.
    caches : list
    """
    hs, states, caches = network.forward(xs, states, params)
    return hs @ params["W_y"].T + params["b_y"], hs, states, caches


def squared_error(ys, targets):
    """Σ (y − target)² at each step, and its gradient."""
    return np.sum((ys - targets) ** 2, axis=-1), 2 * (ys - targets)


def cross_entropy(ys, targets):
    """−log of the probability that softmax(y) gives to the right answer, at each step, and its gradient."""
    ys = ys - ys.max(axis=-1, keepdims=True)
    log_p = ys - np.log(np.sum(np.exp(ys), axis=-1, keepdims=True))
    return -np.sum(targets * log_p, axis=-1), np.exp(log_p) - targets


def loss_and_gradients(xs, targets, asked, states, params, network, error):
    """The loss, averaged over the steps and sequences that are asked, and its gradients.

    Parameters
    ----------
    xs : ndarray of shape (T, B, m)
    targets : ndarray of shape (T, B, k)
    asked : ndarray of shape (T, B)
        1 where an answer counts, 0 elsewhere.
    states : tuple of ndarray of shape (B, n)
    params : dict of str to ndarray
    network : Network
    error : callable
        `squared_error` or `cross_entropy`.

    Returns
    -------
    loss : float
    grads : dict of str to ndarray
        The keys and shapes of `params`.
    states : tuple of ndarray of shape (B, n)
        At the end.
    """
    ys, hs, states, caches = answers(xs, states, params, network)
    errors, dys = error(ys, targets)  # (T, B) and (T, B, k)
    share = asked / asked.sum()  # (T, B)
    dys = dys * share[..., None]
    grads = network.backward(dys @ params["W_y"], caches, params)
    grads |= {"W_y": np.tensordot(dys, hs, axes=[(0, 1), (0, 1)]), "b_y": dys.sum(axis=(0, 1))}
    return float(np.sum(errors * share)), grads, states


def train(params, network, batches, error, lr, max_norm=1.0, keep_states=False):
    """Learn from batch after batch: gradients, clipped together to `max_norm`, and a step of Adam.

    Parameters
    ----------
    params : dict of str to ndarray
    network : Network
    batches : iterable
        Each begins with xs, targets, asked, as of `experiments.tasks`; what else it has is not used.
    error : callable
    lr : float, or an iterable of one for each batch
    max_norm : float
    keep_states : bool
        Whether a batch goes on where the one before it ended; gradients never go back beyond its beginning.

    Yields
    ------
    params : dict of str to ndarray
        After each step.
    loss : float
        Before it, on its batch.
    norm : float
        Length of the gradient before clipping.
    """
    adam = states = None
    for (xs, targets, asked, *_), rate in zip(batches, repeat(lr) if np.isscalar(lr) else lr):
        if states is None or not keep_states:
            states = zero_states(network, params, xs.shape[1])
        loss, grads, states = loss_and_gradients(xs, targets, asked, states, params, network, error)
        clipped, norm = clip_gradients(grads, max_norm)
        params, adam = adam_step(params, clipped, adam, lr=rate)
        yield params, loss, norm
