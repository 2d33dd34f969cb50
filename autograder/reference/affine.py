"""What all gates and candidates are made of, an affine map: the way forward and the way back."""

import numpy as np


def affine(h_prev, x, W, b):
    """A gate or candidate before its squashing function: z = W · [h_prev, x] + b.

    Parameters
    ----------
    h_prev : ndarray of shape (n,) or (B, n)
    x : ndarray of shape (m,) or (B, m)
    W : ndarray of shape (n, n + m)
        The first n columns act on `h_prev`, the last m on `x`.
    b : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,) or (B, n)

    Examples
    --------
    >>> affine([1, 2], [10], W=[[1, 0, 1], [0, 1, 1]], b=[0.5, 0])
    array([11.5, 12. ])
    """
    hx = np.concatenate([h_prev, x], axis=-1)  # (n + m,) or (B, n + m)
    return hx @ np.transpose(W) + b  # (n,) or (B, n)


def affine_backward(dz, h_prev, x, params):
    """The way back through several such maps: dW = dz ⊗ [h_prev, x], db = dz, d[h_prev, x] = Wᵀ · dz.

    Parameters
    ----------
    dz : dict of str to ndarray of shape (n,) or (B, n)
        ∂L/∂z of each map, under the letter that follows ``W_`` and ``b_`` in `params`.
    h_prev : ndarray of shape (n,) or (B, n)
    x : ndarray of shape (m,) or (B, m)
    params : dict of str to ndarray

    Returns
    -------
    dh_prev : ndarray of shape (n,) or (B, n)
        Summed over the maps, as is `dx`.
    dx : ndarray of shape (m,) or (B, m)
    grads : dict of str to ndarray
        ``W_…`` and ``b_…`` of each map, summed over the batch.

    Examples
    --------
    >>> params = {"W_f": np.array([[1.0, 2.0]]), "b_f": np.array([0.0])}
    >>> dh_prev, dx, grads = affine_backward({"f": np.array([3.0])}, np.array([5.0]), np.array([7.0]), params)
    >>> dh_prev, dx
    (array([3.]), array([6.]))
    >>> grads
    {'W_f': array([[15., 21.]]), 'b_f': array([3.])}
    """
    n = np.shape(h_prev)[-1]
    hx = np.atleast_2d(np.concatenate([h_prev, x], axis=-1))  # (B, n + m); one example is a batch of one
    dhx, grads = 0.0, {}
    for name in dz:
        dz_rows = np.atleast_2d(dz[name])  # (B, n)
        grads[f"W_{name}"] = dz_rows.T @ hx  # (n, n + m)
        grads[f"b_{name}"] = dz_rows.sum(axis=0)  # (n,)
        dhx = dhx + dz[name] @ params[f"W_{name}"]  # (n + m,) or (B, n + m)
    return dhx[..., :n], dhx[..., n:], grads
