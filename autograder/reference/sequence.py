"""The LSTM through time: the cell applied step by step, and the way back from the last step to the first."""

import numpy as np

from autograder.reference.cell import lstm_cell_backward, lstm_cell_forward


def lstm_forward(xs, h0, c0, params):
    """A whole sequence: (h_t, c_t) = cell(x_t, h_{t−1}, c_{t−1}) for t = 1 … T.

    Parameters
    ----------
    xs : ndarray of shape (T, m) or (T, B, m)
    h0, c0 : ndarray of shape (n,) or (B, n)
    params : dict of str to ndarray
        The same at every step.

    Returns
    -------
    hs, cs : ndarray of shape (T, n) or (T, B, n)
    caches : list of dict
        One of `lstm_cell_forward` for each step, the first step first.

    Examples
    --------
    "John likes black coffee": four steps, each of which starts where the one before it ended.

    >>> from autograder.reference.cell import init_params
    >>> rng = np.random.default_rng(0)
    >>> xs = rng.normal(size=(4, 2))
    >>> hs, cs, caches = lstm_forward(xs, np.zeros(3), np.zeros(3), init_params(m=2, n=3, rng=rng))
    >>> hs.shape
    (4, 3)
    >>> bool(np.all(caches[3]["h_prev"] == hs[2]))
    True

    References
    ----------
    Chapter 9; documents 000 and 002.
    """
    h, c = h0, c0
    hs, cs, caches = [], [], []
    for x in xs:  # (m,) or (B, m)
        h, c, cache = lstm_cell_forward(x, h, c, params)  # (n,) or (B, n)
        hs.append(h)
        cs.append(c)
        caches.append(cache)
    return np.stack(hs), np.stack(cs), caches  # (T, n) or (T, B, n)


def lstm_backward(dhs, caches, params):
    """Backpropagation through time: each step hands dh and dc to the step before it, and the weights' gradients add up.

    Parameters
    ----------
    dhs : ndarray of shape (T, n) or (T, B, n)
        ∂L/∂h_t from outside the sequence, not through later steps.
    caches : list of dict
        As of `lstm_forward`.
    params : dict of str to ndarray

    Returns
    -------
    dxs : ndarray of shape (T, m) or (T, B, m)
    dh0, dc0 : ndarray of shape (n,) or (B, n)
    grads : dict of str to ndarray
        The keys and shapes of `params`: sums over all steps and over the batch.

    Examples
    --------
    >>> from autograder.reference.cell import init_params
    >>> rng = np.random.default_rng(0)
    >>> params = init_params(m=2, n=3, rng=rng)
    >>> hs, cs, caches = lstm_forward(rng.normal(size=(4, 2)), np.zeros(3), np.zeros(3), params)
    >>> dxs, dh0, dc0, grads = lstm_backward(np.ones_like(hs), caches, params)
    >>> dxs.shape, dh0.shape, grads["W_f"].shape
    ((4, 2), (3,), (3, 5))

    References
    ----------
    Chapter 11; Werbos (1990).
    """
    dh_next = dc_next = np.zeros_like(dhs[-1])  # (n,) or (B, n); nothing comes from beyond the last step
    dxs, steps = [], []
    for dh, cache in zip(reversed(dhs), reversed(caches)):
        dx, dh_next, dc_next, grads = lstm_cell_backward(dh + dh_next, dc_next, cache, params)
        dxs.append(dx)
        steps.append(grads)
    total = {name: sum(grads[name] for grads in steps) for name in steps[0]}
    return np.stack(dxs[::-1]), dh_next, dc_next, total
