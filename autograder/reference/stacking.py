"""LSTMs side by side and on top of each other."""

import numpy as np

from autograder.reference.sequence import lstm_forward


def bidirectional_forward(xs, params_forward, params_backward):
    """Two LSTMs, one of which reads from the end: row t is [h_t forward, h_t backward].

    Parameters
    ----------
    xs : ndarray of shape (T, m) or (T, B, m)
    params_forward, params_backward : dict of str to ndarray

    Returns
    -------
    ndarray of shape (T, 2n) or (T, B, 2n)
        Both halves are in the order of `xs`: the backward half of row t has read x_T … x_t.

    Examples
    --------
    The backward half has read everything at the first step, and the last input alone at the last.

    >>> from autograder.reference.cell import init_params
    >>> rng = np.random.default_rng(0)
    >>> xs, params = rng.normal(size=(4, 2)), init_params(m=2, n=3, rng=rng)
    >>> hs = bidirectional_forward(xs, params, params)
    >>> hs.shape
    (4, 6)
    >>> bool(np.all(hs[-1, 3:] == bidirectional_forward(xs[-1:], params, params)[0, :3]))
    True

    References
    ----------
    Chapter 17; document 001; Schuster and Paliwal (1997).
    """
    hs_forward = _hidden_states(xs, params_forward)
    hs_backward = _hidden_states(xs[::-1], params_backward)[::-1]
    return np.concatenate([hs_forward, hs_backward], axis=-1)  # (T, 2n) or (T, B, 2n)


def stacked_forward(xs, layers):
    """LSTMs on top of each other: the hidden states of one are the inputs of the next.

    Parameters
    ----------
    xs : ndarray of shape (T, m) or (T, B, m)
    layers : list of dict
        Parameters from the bottom to the top; the sizes may differ.

    Returns
    -------
    ndarray of shape (T, n) or (T, B, n)
        The top layer's hidden states.

    Examples
    --------
    >>> from autograder.reference.cell import init_params
    >>> rng = np.random.default_rng(0)
    >>> layers = [init_params(m=2, n=3, rng=rng), init_params(m=3, n=5, rng=rng)]
    >>> stacked_forward(rng.normal(size=(4, 2)), layers).shape
    (4, 5)

    References
    ----------
    Chapter 17; documents 000 and 001.
    """
    for params in layers:
        xs = _hidden_states(xs, params)
    return xs


def _hidden_states(xs, params):
    """`lstm_forward` from zero states."""
    xs = np.asarray(xs)
    zeros = np.zeros(xs.shape[1:-1] + np.shape(params["b_f"]))  # (n,) or (B, n)
    hs, cs, caches = lstm_forward(xs, zeros, zeros, params)
    return hs
