"""The gated recurrent unit: one state, two gates, and a reset before the multiplication."""

import numpy as np

from autograder.reference.affine import affine, affine_backward
from autograder.reference.gates import sigmoid


def gru_cell_forward(x, h_prev, params):
    """One step of the GRU: h = (1 − z) ⊙ h̃ + z ⊙ h_prev, with h̃ = tanh(W_h · [r ⊙ h_prev, x] + b_h).

    Parameters
    ----------
    x : ndarray of shape (m,) or (B, m)
    h_prev : ndarray of shape (n,) or (B, n)
    params : dict of str to ndarray
        ``W_z W_r W_h`` of shape (n, n + m) and ``b_z b_r b_h`` of shape (n,).

    Returns
    -------
    h : ndarray of shape (n,) or (B, n)
    cache : dict of str to ndarray
        ``x h_prev z r h_tilde``: what `gru_cell_backward` needs.

    Examples
    --------
    Update gates that keep all, half and nothing of the old state; the new is tanh(0) = 0.

    >>> params = {f"W_{layer}": np.zeros((3, 3 + 2)) for layer in "zrh"}
    >>> params |= {"b_z": np.array([np.inf, 0, -np.inf]), "b_r": np.zeros(3), "b_h": np.zeros(3)}
    >>> h, cache = gru_cell_forward(np.ones(2), np.array(numbers.C_TILDE), params)
    >>> h
    array([0.8 , 0.45, 0.  ])

    Notes
    -----
    The reset gate acts on h_prev before the weights do, as in Cho et al.; PyTorch, cuDNN and Keras by default reset
    after the multiplication, which is another function.

    References
    ----------
    Chapter 16; document 001; Cho et al. (2014).
    """
    z = sigmoid(affine(h_prev, x, params["W_z"], params["b_z"]))  # (n,) or (B, n), and so on
    r = sigmoid(affine(h_prev, x, params["W_r"], params["b_r"]))
    h_tilde = np.tanh(affine(r * h_prev, x, params["W_h"], params["b_h"]))
    h = (1 - z) * h_tilde + z * h_prev
    return h, dict(x=x, h_prev=h_prev, z=z, r=r, h_tilde=h_tilde)


def gru_cell_backward(dh, cache, params):
    """The way back through `gru_cell_forward`; four roads lead to h_prev: kept, reset, and through both gates.

    dh_prev = dh ⊙ z + r ⊙ d(r ⊙ h_prev) + W_zᵀ · dz_z + W_rᵀ · dz_r (of the two products, the columns of h_prev).

    Parameters
    ----------
    dh : ndarray of shape (n,) or (B, n)
        ∂L/∂h from everywhere outside the cell.
    cache : dict of str to ndarray
        As of `gru_cell_forward`.
    params : dict of str to ndarray

    Returns
    -------
    dx : ndarray of shape (m,) or (B, m)
    dh_prev : ndarray of shape (n,) or (B, n)
    grads : dict of str to ndarray
        The keys and shapes of `params`; with a batch, sums over it.

    Examples
    --------
    Without weights only the kept share goes back: the update gate itself.

    >>> params = {f"W_{layer}": np.zeros((3, 3 + 2)) for layer in "zrh"}
    >>> params |= {"b_z": np.array([np.inf, 0, -np.inf]), "b_r": np.zeros(3), "b_h": np.zeros(3)}
    >>> h, cache = gru_cell_forward(np.ones(2), np.array(numbers.C_TILDE), params)
    >>> dx, dh_prev, grads = gru_cell_backward(np.ones(3), cache, params)
    >>> dh_prev
    array([1. , 0.5, 0. ])

    References
    ----------
    Chapter 16.
    """
    x, h_prev, z, r, h_tilde = (cache[name] for name in ("x", "h_prev", "z", "r", "h_tilde"))

    dz_h = dh * (1 - z) * (1 - h_tilde**2)  # (n,) or (B, n), and so on
    d_reset, dx_h, grads_h = affine_backward({"h": dz_h}, r * h_prev, x, params)
    dz_z = dh * (h_prev - h_tilde) * z * (1 - z)
    dz_r = d_reset * h_prev * r * (1 - r)
    dh_gates, dx_gates, grads_gates = affine_backward({"z": dz_z, "r": dz_r}, h_prev, x, params)

    dh_prev = dh * z + d_reset * r + dh_gates
    return dx_h + dx_gates, dh_prev, grads_gates | grads_h
