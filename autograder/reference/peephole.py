"""The LSTM cell with peepholes: gates that also look at the cell state."""

import numpy as np

from autograder.reference.affine import affine, affine_backward
from autograder.reference.gates import candidate, hidden_state, sigmoid, update_cell


def peephole_cell_forward(x, h_prev, c_prev, params):
    """One step of the peephole LSTM: p_f ⊙ c_prev, p_i ⊙ c_prev and p_o ⊙ c join the gates' pre-activations.

    Parameters
    ----------
    x : ndarray of shape (m,) or (B, m)
    h_prev, c_prev : ndarray of shape (n,) or (B, n)
    params : dict of str to ndarray
        An LSTM's, and ``p_f p_i p_o`` of shape (n,).

    Returns
    -------
    h, c : ndarray of shape (n,) or (B, n)
    cache : dict of str to ndarray
        ``x h_prev c_prev f i c_tilde o c``: what `peephole_cell_backward` needs.

    Examples
    --------
    A peephole can shut the output gate for good where the cell state is large.

    >>> params = {f"W_{layer}": np.zeros((3, 3 + 2)) for layer in "fico"}
    >>> params |= {name: np.zeros(3) for name in ("b_f", "b_i", "b_c", "b_o", "p_f", "p_i")}
    >>> params["p_o"] = np.array([0, 0, -100])
    >>> h, c, cache = peephole_cell_forward(np.ones(2), np.zeros(3), np.array(numbers.C_PREV), params)
    >>> c  # half of c_prev
    array([2. , 2.5, 3. ])
    >>> cache["o"].round(4)
    array([0.5, 0.5, 0. ])

    References
    ----------
    Chapter 15; document 003; document 001, whose peephole is a full matrix where this one is a diagonal; Gers and
    Schmidhuber (2000).
    """
    f = sigmoid(affine(h_prev, x, params["W_f"], params["b_f"]) + params["p_f"] * c_prev)  # (n,) or (B, n), and so on
    i = sigmoid(affine(h_prev, x, params["W_i"], params["b_i"]) + params["p_i"] * c_prev)
    c_tilde = candidate(h_prev, x, params["W_c"], params["b_c"])
    c = update_cell(c_prev, f, i, c_tilde)
    o = sigmoid(affine(h_prev, x, params["W_o"], params["b_o"]) + params["p_o"] * c)  # sees the new cell state
    h = hidden_state(o, c)
    return h, c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)


def peephole_cell_backward(dh, dc, cache, params):
    """The way back through `peephole_cell_forward`: as for the LSTM, with three more roads through the peepholes.

    ∂L/∂c = dc + dh ⊙ o ⊙ (1 − tanh²c) + p_o ⊙ dz_o and dc_prev = ∂L/∂c ⊙ f + p_f ⊙ dz_f + p_i ⊙ dz_i.

    Parameters
    ----------
    dh : ndarray of shape (n,) or (B, n)
        ∂L/∂h from everywhere outside the cell.
    dc : ndarray of shape (n,) or (B, n)
        ∂L/∂c from the next step alone, not through h.
    cache : dict of str to ndarray
        As of `peephole_cell_forward`.
    params : dict of str to ndarray

    Returns
    -------
    dx : ndarray of shape (m,) or (B, m)
    dh_prev, dc_prev : ndarray of shape (n,) or (B, n)
    grads : dict of str to ndarray
        The keys and shapes of `params`; with a batch, sums over it.

    Examples
    --------
    With every gate half open and dc = 1, half goes straight back and the rest through the peepholes.

    >>> params = {f"W_{layer}": np.zeros((3, 3 + 2)) for layer in "fico"}
    >>> params |= {name: np.zeros(3) for name in ("b_f", "b_i", "b_c", "b_o", "p_i", "p_o")}
    >>> params["p_f"] = np.array([0, 0, 1e-6])
    >>> h, c, cache = peephole_cell_forward(np.ones(2), np.zeros(3), np.array(numbers.C_PREV), params)
    >>> dx, dh_prev, dc_prev, grads = peephole_cell_backward(np.zeros(3), np.ones(3), cache, params)
    >>> dc_prev.round(5)
    array([0.5, 0.5, 0.5])
    >>> grads["p_f"].round(4)  # c_prev² / 4
    array([4.  , 6.25, 9.  ])

    References
    ----------
    Chapter 15.
    """
    f, i, c_tilde, o, c, c_prev = (cache[name] for name in ("f", "i", "c_tilde", "o", "c", "c_prev"))
    tanh_c = np.tanh(c)

    dz_o = dh * tanh_c * o * (1 - o)  # (n,) or (B, n), and so on
    dc = dc + dh * o * (1 - tanh_c**2) + params["p_o"] * dz_o  # three roads to c
    dz_f = dc * c_prev * f * (1 - f)
    dz_i = dc * c_tilde * i * (1 - i)
    dz_c = dc * i * (1 - c_tilde**2)
    dc_prev = dc * f + params["p_f"] * dz_f + params["p_i"] * dz_i

    dz = {"f": dz_f, "i": dz_i, "c": dz_c, "o": dz_o}
    dh_prev, dx, grads = affine_backward(dz, cache["h_prev"], cache["x"], params)
    grads["p_f"] = np.atleast_2d(dz_f * c_prev).sum(axis=0)  # (n,)
    grads["p_i"] = np.atleast_2d(dz_i * c_prev).sum(axis=0)
    grads["p_o"] = np.atleast_2d(dz_o * c).sum(axis=0)
    return dx, dh_prev, dc_prev, grads
