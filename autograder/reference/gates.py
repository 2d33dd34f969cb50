"""The parts of the LSTM cell, one equation each.

``[h_prev, x]`` is the concatenation along the last axis, which is where features live; so every function takes one
example ``(n,)`` or a batch ``(B, n)``.
"""

import numpy as np

from autograder.reference.affine import affine


def sigmoid(x):
    """The logistic function, σ(x) = 1 / (1 + e⁻ˣ), which squashes every number into [0, 1].

    Parameters
    ----------
    x : array_like of any shape
        Finite or infinite.

    Returns
    -------
    ndarray of the shape of `x`
        0 at −∞, 1 at +∞, and accurate to the last digits in both tails.

    Examples
    --------
    >>> sigmoid([-np.inf, -1000, 0, 1000])
    array([0. , 0. , 0.5, 1. ])
    >>> sigmoid([1, 2]).round(3)  # the forget gate's opening at the usual initial biases
    array([0.731, 0.881])

    References
    ----------
    Chapter 3; documents 001 and 002.
    """
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))  # in [0, 1]: never overflows
    return np.where(x >= 0, 1.0, e) / (1.0 + e)  # 1 / (1 + e⁻ˣ) on the right, eˣ / (1 + eˣ) on the left


def forget_gate(h_prev, x, W_f, b_f):
    """How much of each cell value to keep: f = σ(W_f · [h_prev, x] + b_f).

    Parameters
    ----------
    h_prev : ndarray of shape (n,) or (B, n)
    x : ndarray of shape (m,) or (B, m)
    W_f : ndarray of shape (n, n + m)
    b_f : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,) or (B, n)
        f, in [0, 1]: 0 forgets, 1 keeps.

    Examples
    --------
    With no evidence and no bias the gate stands half open, as in the documents' example.

    >>> f = forget_gate(np.zeros(3), np.zeros(2), W_f=np.zeros((3, 5)), b_f=np.zeros(3))
    >>> f
    array([0.5, 0.5, 0.5])
    >>> f * numbers.C_PREV
    array([2. , 2.5, 3. ])

    References
    ----------
    Chapter 4; documents 000 (FGOP) and 001.
    """
    return sigmoid(affine(h_prev, x, W_f, b_f))


def input_gate(h_prev, x, W_i, b_i):
    """How much of each candidate to write: i = σ(W_i · [h_prev, x] + b_i).

    Parameters
    ----------
    h_prev : ndarray of shape (n,) or (B, n)
    x : ndarray of shape (m,) or (B, m)
    W_i : ndarray of shape (n, n + m)
    b_i : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,) or (B, n)
        i, in [0, 1]: 0 writes nothing, 1 writes the whole candidate.

    Examples
    --------
    A bias alone can open, halve or shut the gate.

    >>> i = input_gate(np.zeros(3), np.zeros(2), W_i=np.zeros((3, 5)), b_i=[np.inf, 0, -np.inf])
    >>> i
    array([1. , 0.5, 0. ])
    >>> i * numbers.C_TILDE
    array([0.8 , 0.45, 0.  ])

    References
    ----------
    Chapter 5; documents 000 (IPGOP) and 001.
    """
    return sigmoid(affine(h_prev, x, W_i, b_i))


def candidate(h_prev, x, W_c, b_c):
    """What could be written: c̃ = tanh(W_c · [h_prev, x] + b_c).

    Parameters
    ----------
    h_prev : ndarray of shape (n,) or (B, n)
    x : ndarray of shape (m,) or (B, m)
    W_c : ndarray of shape (n, n + m)
    b_c : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,) or (B, n)
        c̃, in [−1, 1].

    Examples
    --------
    >>> candidate(np.zeros(3), np.zeros(2), W_c=np.zeros((3, 5)), b_c=np.arctanh(numbers.C_TILDE))
    array([0.8, 0.9, 0.7])

    References
    ----------
    Chapter 5; documents 000 (CNDCS) and 001.
    """
    return np.tanh(affine(h_prev, x, W_c, b_c))


def update_cell(c_prev, f, i, c_tilde):
    """The cell state, what is kept and what is added: c = f ⊙ c_prev + i ⊙ c̃.

    Parameters
    ----------
    c_prev, f, i, c_tilde : ndarray of shape (n,) or (B, n)

    Returns
    -------
    ndarray of shape (n,) or (B, n)
        c, of any size: nothing squashes it.

    Examples
    --------
    >>> update_cell(numbers.C_PREV, numbers.F, numbers.I, numbers.C_TILDE)
    array([2.8 , 2.95, 3.  ])
    >>> update_cell(numbers.C_PREV, numbers.F_SHUT, numbers.I, numbers.C_TILDE)  # all of the old forgotten
    array([0.8 , 0.45, 0.  ])

    References
    ----------
    Chapter 6; documents 000 (NEWCS) and 001.
    """
    return np.multiply(f, c_prev) + np.multiply(i, c_tilde)


def output_gate(h_prev, x, W_o, b_o):
    """How much of each cell value to show: o = σ(W_o · [h_prev, x] + b_o).

    Parameters
    ----------
    h_prev : ndarray of shape (n,) or (B, n)
    x : ndarray of shape (m,) or (B, m)
    W_o : ndarray of shape (n, n + m)
    b_o : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,) or (B, n)
        o, in [0, 1]: 0 hides, 1 shows.

    Examples
    --------
    >>> output_gate(np.zeros(3), np.zeros(2), W_o=np.zeros((3, 5)), b_o=[np.inf, -np.inf, 0])
    array([1. , 0. , 0.5])

    References
    ----------
    Chapter 7; documents 000 (OGOP) and 001.
    """
    return sigmoid(affine(h_prev, x, W_o, b_o))


def hidden_state(o, c):
    """The cell's output, the part of the memory that is shown: h = o ⊙ tanh(c).

    Parameters
    ----------
    o, c : ndarray of shape (n,) or (B, n)
        The output gate and the *new* cell state.

    Returns
    -------
    ndarray of shape (n,) or (B, n)
        h, in [−1, 1].

    Examples
    --------
    >>> hidden_state(numbers.O, numbers.C).round(4)
    array([0.9926, 0.    , 0.4975])

    References
    ----------
    Chapter 7; documents 000 (NEWHS), 001 (whose printed [0.9, 0, 0.35] does not follow from its c) and 002.
    """
    return np.multiply(o, np.tanh(c))
