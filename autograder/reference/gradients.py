"""Checking gradients, and keeping them small."""

import numpy as np


def numerical_gradient(loss, array, eps=1e-5):
    """A gradient by central differences: ∂L/∂a_k ≈ (L(a + ε e_k) − L(a − ε e_k)) / 2ε.

    Parameters
    ----------
    loss : callable
        ``loss(array)`` → float.
    array : ndarray of any shape
        Where to take the gradient; left as it is.
    eps : float
        The step: the error of the formula falls as eps², that of rounding grows as 1/eps.

    Returns
    -------
    ndarray of the shape of `array`

    Examples
    --------
    >>> numerical_gradient(lambda a: np.sum(a**2), np.array(numbers.C_PREV)).round(6)  # 2 a
    array([ 8., 10., 12.])

    References
    ----------
    Chapter 11.
    """
    array = np.array(array, dtype=float)  # a copy: it is moved and put back
    gradient = np.empty_like(array)
    for index in np.ndindex(array.shape):
        value = array[index]
        array[index] = value + eps
        above = loss(array)
        array[index] = value - eps
        below = loss(array)
        array[index] = value
        gradient[index] = (above - below) / (2 * eps)
    return gradient


def clip_gradients(grads, max_norm):
    """Shorten a gradient that is too long, in its own direction: g · min(1, max_norm / ‖g‖).

    Parameters
    ----------
    grads : dict of str to ndarray
        Measured together, as one long vector.
    max_norm : float
        The greatest length, at least 0.

    Returns
    -------
    clipped : dict of str to ndarray
    norm : float
        ‖g‖, before clipping.

    Examples
    --------
    >>> clipped, norm = clip_gradients({"W_f": np.array([[3.0]]), "b_f": np.array([4.0])}, max_norm=1)
    >>> norm
    5.0
    >>> clipped
    {'W_f': array([[0.6]]), 'b_f': array([0.8])}

    References
    ----------
    Chapter 13; document 003; Pascanu, Mikolov and Bengio (2013).
    """
    norm = float(np.sqrt(sum(np.sum(np.square(grad)) for grad in grads.values())))
    scale = max_norm / norm if norm > max_norm else 1.0  # so zero is never divided by
    return {name: grad * scale for name, grad in grads.items()}, norm
