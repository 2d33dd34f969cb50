"""The LSTM with one part taken out, and its relatives, as networks that `experiments.training` can train."""

from functools import partial

import numpy as np

from autograder.reference import (
    gru_cell_backward,
    gru_cell_forward,
    init_params,
    peephole_cell_backward,
    peephole_cell_forward,
    sigmoid,
)
from autograder.reference.affine import affine, affine_backward
from experiments.training import LSTM, RNN, Network

WITHOUT = ("forget gate", "input gate", "output gate", "candidate's tanh", "output's tanh", "a gate each for old and new")


def ablated_cell_forward(x, h_prev, c_prev, params, without):
    """One step of an LSTM without one part: a gate that is missing is 1, a tanh that is missing does nothing.

    Without "a gate each for old and new" the input gate is 1 − f.

    Parameters
    ----------
    x : ndarray of shape (B, m)
    h_prev, c_prev : ndarray of shape (B, n)
    params : dict of str to ndarray
        An LSTM's; those of a part that is missing are not used.
    without : str or None
        One of `WITHOUT`.

    Returns
    -------
    h, c : ndarray of shape (B, n)
    cache : dict

    References
    ----------
    Greff et al. (2017): NFG, NIG, NOG, NIAF, NOAF and CIFG.
    """
    z = {layer: affine(h_prev, x, params[f"W_{layer}"], params[f"b_{layer}"]) for layer in "fico"}  # each (B, n)
    f = 1.0 if without == "forget gate" else sigmoid(z["f"])
    i = 1.0 if without == "input gate" else 1 - f if without == "a gate each for old and new" else sigmoid(z["i"])
    o = 1.0 if without == "output gate" else sigmoid(z["o"])
    c_tilde = z["c"] if without == "candidate's tanh" else np.tanh(z["c"])
    c = f * c_prev + i * c_tilde
    shown = c if without == "output's tanh" else np.tanh(c)
    return o * shown, c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, shown=shown)


def ablated_cell_backward(dh, dc, cache, params, without):
    """The way back through `ablated_cell_forward`; a part that is missing has no gradient."""
    f, i, c_tilde, o, shown, c_prev = (cache[name] for name in ("f", "i", "c_tilde", "o", "shown", "c_prev"))
    dc = dc + dh * o * (1 if without == "output's tanh" else 1 - shown**2)
    df, di = dc * c_prev, dc * c_tilde
    dz = {
        "f": (df - di if without == "a gate each for old and new" else df) * f * (1 - f),  # f = 1 where it is missing
        "i": di * i * (1 - i) * (without != "a gate each for old and new"),
        "c": dc * i * (1 if without == "candidate's tanh" else 1 - c_tilde**2),
        "o": dh * shown * o * (1 - o),
    }
    dh_prev, dx, grads = affine_backward(dz, cache["h_prev"], cache["x"], params)
    return dx, dh_prev, dc * f, grads


def peephole_init(m, n, rng):
    """An LSTM's parameters, and peepholes that are drawn like its weights."""
    limit = 1 / np.sqrt(n)
    return init_params(m, n, rng) | {name: rng.uniform(-limit, limit, size=n) for name in ("p_f", "p_i", "p_o")}


def gru_init(m, n, rng):
    """A GRU's parameters: W uniform in ±1/√n, b zero but b_z = 1, as the LSTM's forget bias is."""
    limit = 1 / np.sqrt(n)
    params = {f"W_{layer}": rng.uniform(-limit, limit, size=(n, n + m)) for layer in "zrh"}
    return params | {"b_z": np.ones(n), "b_r": np.zeros(n), "b_h": np.zeros(n)}


def of_cell(init, cell_forward, cell_backward, states):
    """A network that takes its cell through time and back; the cell's functions are as the course has them.

    Parameters
    ----------
    init : callable
    cell_forward : callable
        ``cell_forward(x, *states, params)`` → ``(*states, cache)``, h first.
    cell_backward : callable
        ``cell_backward(*dstates, cache, params)`` → ``(dx, *dstates_prev, grads)``.
    states : int

    Returns
    -------
    Network
    """

    def forward(xs, now, params):
        hs, caches = [], []
        for x in xs:
            *now, cache = cell_forward(x, *now, params)
            hs.append(now[0])
            caches.append(cache)
        return np.stack(hs), tuple(now), caches

    def backward(dhs, caches, params):
        (dh_next, *dothers), total = [np.zeros_like(dhs[0])] * states, None
        for dh, cache in zip(reversed(dhs), reversed(caches)):
            dx, dh_next, *dothers, grads = cell_backward(dh + dh_next, *dothers, cache, params)
            total = {name: total[name] + grads[name] for name in total} if total else grads
        return total

    return Network(states, init, forward, backward)


NETWORKS = {
    "LSTM": LSTM,
    "peepholes": of_cell(peephole_init, peephole_cell_forward, peephole_cell_backward, 2),
    **{
        f"without {part}": of_cell(
            init_params, partial(ablated_cell_forward, without=part), partial(ablated_cell_backward, without=part), 2
        )
        for part in WITHOUT
    },
    "GRU": of_cell(gru_init, gru_cell_forward, gru_cell_backward, 1),
    "RNN": RNN,
}
