"""The same parameters in the layouts of PyTorch, Keras and ONNX.

=========  =================  ==============================================================
framework  order of the rows  arrays of an LSTM
=========  =================  ==============================================================
here       f, i, c, o         W_… (n, n + m) on [h, x], b_… (n,)
PyTorch    i, f, c, o         weight_ih (4n, m), weight_hh (4n, n), two biases (4n,)
Keras      i, f, c, o         transposed: kernel (m, 4n), recurrent_kernel (n, 4n), bias (4n,)
ONNX       i, o, f, c         W (1, 4n, m), R (1, 4n, n), B (1, 8n); P (1, 3n) in i, o, f
=========  =================  ==============================================================

PyTorch calls the candidate g, and its two biases, like the two halves of ONNX's B, are added. A GRU's rows are z, r, h in
Keras and ONNX. PyTorch's GRU, Keras' with ``reset_after=True`` (its default) and ONNX's with ``linear_before_reset=1``
reset after the multiplication with the weights, which is another function than `gru_cell_forward`: these are left out.

Every ``…_to_…`` returns a dict with the framework's own names, which ``…_from_…`` takes as keyword arguments.

References
----------
The documentation of torch.nn.LSTM, keras.layers.LSTM, keras.layers.GRU, and ONNX's operators LSTM and GRU.
"""

import numpy as np

# The four layers from the first row to the last, wherever they are stacked.
ORDERS = {"this course": "fico", "PyTorch": "ifco", "Keras": "ifco", "ONNX": "iofc"}


def lstm_to_pytorch(params):
    """An LSTM's parameters for torch.nn.LSTMCell, or one direction of one layer of torch.nn.LSTM.

    Parameters
    ----------
    params : dict of str to ndarray

    Returns
    -------
    dict of str to ndarray
        ``weight_ih`` (4n, m), ``weight_hh`` (4n, n), ``bias_ih`` and ``bias_hh`` (4n,), the latter zero: only their
        sum has a meaning.

    Examples
    --------
    >>> params = {"b_f": [1.0], "b_i": [2.0], "b_c": [3.0], "b_o": [4.0]}
    >>> params |= {f"W_{layer}": np.zeros((1, 3)) for layer in "fico"}
    >>> lstm_to_pytorch(params)["bias_ih"]  # i, f, g, o
    array([2., 1., 3., 4.])
    """
    W_x, W_h, b = _stack(params, ORDERS["PyTorch"])
    return dict(weight_ih=W_x, weight_hh=W_h, bias_ih=b, bias_hh=np.zeros_like(b))


def lstm_from_pytorch(weight_ih, weight_hh, bias_ih, bias_hh):
    """An LSTM's parameters from torch.nn.LSTMCell, or one direction of one layer of torch.nn.LSTM.

    Parameters
    ----------
    weight_ih : array_like of shape (4n, m)
    weight_hh : array_like of shape (4n, n)
    bias_ih, bias_hh : array_like of shape (4n,)

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    ValueError
        If the shapes are not those of one LSTM layer.

    Examples
    --------
    >>> params = lstm_from_pytorch(np.zeros((4, 2)), np.zeros((4, 1)), bias_ih=[2, 1, 3, 4], bias_hh=[0, 0.5, 0, 0])
    >>> params["b_f"]  # the two biases are added
    array([1.5])
    """
    return _unstack(weight_ih, weight_hh, np.add(bias_ih, bias_hh), ORDERS["PyTorch"])


def lstm_to_keras(params):
    """An LSTM's parameters for keras.layers.LSTM.

    Parameters
    ----------
    params : dict of str to ndarray

    Returns
    -------
    dict of str to ndarray
        ``kernel`` (m, 4n), ``recurrent_kernel`` (n, 4n) and ``bias`` (4n,), in the order of ``set_weights``.

    Examples
    --------
    >>> params = {"b_f": [1.0], "b_i": [2.0], "b_c": [3.0], "b_o": [4.0]}
    >>> params |= {f"W_{layer}": np.zeros((1, 3)) for layer in "fico"}
    >>> lstm_to_keras(params)["bias"]  # i, f, c, o
    array([2., 1., 3., 4.])
    """
    W_x, W_h, b = _stack(params, ORDERS["Keras"])
    return dict(kernel=W_x.T, recurrent_kernel=W_h.T, bias=b)


def lstm_from_keras(kernel, recurrent_kernel, bias):
    """An LSTM's parameters from keras.layers.LSTM; its ``get_weights()`` has them in this order.

    Parameters
    ----------
    kernel : array_like of shape (m, 4n)
    recurrent_kernel : array_like of shape (n, 4n)
    bias : array_like of shape (4n,)

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    ValueError
        If the shapes are not those of one LSTM layer.
    """
    return _unstack(np.transpose(kernel), np.transpose(recurrent_kernel), bias, ORDERS["Keras"])


def lstm_to_onnx(params):
    """An LSTM's parameters, with or without peepholes, for one direction of ONNX's operator LSTM.

    Parameters
    ----------
    params : dict of str to ndarray

    Returns
    -------
    dict of str to ndarray
        ``W`` (1, 4n, m), ``R`` (1, 4n, n), ``B`` (1, 8n), whose second half is zero, and ``P`` (1, 3n) if there are
        peepholes. Two directions are joined along the first axis.

    Examples
    --------
    >>> params = {"b_f": [1.0], "b_i": [2.0], "b_c": [3.0], "b_o": [4.0]}
    >>> params |= {f"W_{layer}": np.zeros((1, 3)) for layer in "fico"}
    >>> lstm_to_onnx(params)["B"]  # i, o, f, c
    array([[2., 4., 1., 3., 0., 0., 0., 0.]])
    """
    inputs = _to_onnx(params, ORDERS["ONNX"])
    if "p_f" in params:
        inputs["P"] = np.concatenate([params[f"p_{gate}"] for gate in "iof"])[None]  # (1, 3n)
    return inputs


def lstm_from_onnx(W, R, B, P=None):
    """An LSTM's parameters, with or without peepholes, from one direction of ONNX's operator LSTM.

    Parameters
    ----------
    W : array_like of shape (1, 4n, m)
    R : array_like of shape (1, 4n, n)
    B : array_like of shape (1, 8n)
    P : array_like of shape (1, 3n), optional

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    ValueError
        If there are two directions, or the shapes are not those of one LSTM layer.
    """
    params = _from_onnx(W, R, B, ORDERS["ONNX"])
    if P is not None:
        p_i, p_o, p_f = np.split(np.array(P[0], dtype=float), 3)
        params |= {"p_f": p_f, "p_i": p_i, "p_o": p_o}
    return params


def gru_to_keras(params):
    """A GRU's parameters for keras.layers.GRU with ``reset_after=False``.

    Parameters
    ----------
    params : dict of str to ndarray

    Returns
    -------
    dict of str to ndarray
        ``kernel`` (m, 3n), ``recurrent_kernel`` (n, 3n) and ``bias`` (3n,), in the order of ``set_weights``.
    """
    W_x, W_h, b = _stack(params, "zrh")
    return dict(kernel=W_x.T, recurrent_kernel=W_h.T, bias=b)


def gru_from_keras(kernel, recurrent_kernel, bias):
    """A GRU's parameters from keras.layers.GRU with ``reset_after=False``.

    Parameters
    ----------
    kernel : array_like of shape (m, 3n)
    recurrent_kernel : array_like of shape (n, 3n)
    bias : array_like of shape (3n,)

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    ValueError
        If `bias` has two rows, which is how ``reset_after=True`` shows, or the shapes are not those of one GRU layer.
    """
    if np.ndim(bias) == 2:
        raise ValueError(
            f"bias has shape {np.shape(bias)}: this GRU resets after the multiplication, which is another function. "
            "Build it with reset_after=False."
        )
    return _unstack(np.transpose(kernel), np.transpose(recurrent_kernel), bias, "zrh")


def gru_to_onnx(params):
    """A GRU's parameters for one direction of ONNX's operator GRU with ``linear_before_reset=0``, its default.

    Parameters
    ----------
    params : dict of str to ndarray

    Returns
    -------
    dict of str to ndarray
        ``W`` (1, 3n, m), ``R`` (1, 3n, n) and ``B`` (1, 6n), whose second half is zero.
    """
    return _to_onnx(params, "zrh")


def gru_from_onnx(W, R, B):
    """A GRU's parameters from one direction of ONNX's operator GRU with ``linear_before_reset=0``, its default.

    With ``linear_before_reset=1`` the same arrays mean another function, which they do not show.

    Parameters
    ----------
    W : array_like of shape (1, 3n, m)
    R : array_like of shape (1, 3n, n)
    B : array_like of shape (1, 6n)

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    ValueError
        If there are two directions, or the shapes are not those of one GRU layer.
    """
    return _from_onnx(W, R, B, "zrh")


def _to_onnx(params, order):
    W_x, W_h, b = _stack(params, order)
    return dict(W=W_x[None], R=W_h[None], B=np.concatenate([b, np.zeros_like(b)])[None])


def _from_onnx(W, R, B, order):
    if len(W) != 1:
        raise ValueError(f"W has {len(W)} directions, expected one: convert W[:1], R[:1], B[:1] and W[1:], … in turn.")
    bias_x, bias_h = np.split(np.asarray(B[0], dtype=float), 2)
    return _unstack(W[0], R[0], bias_x + bias_h, order)


def _stack(params, order):
    """One array of all weights on x (kn, m), one of those on h (kn, n), one of biases (kn,); k layers in `order`."""
    W = np.concatenate([params[f"W_{layer}"] for layer in order])  # (kn, n + m)
    b = np.concatenate([params[f"b_{layer}"] for layer in order])  # (kn,)
    n = len(b) // len(order)
    return W[:, n:], W[:, :n], b


def _unstack(W_x, W_h, b, order):
    """The way back from `_stack`."""
    W_x, W_h, b = (np.array(array, dtype=float) for array in (W_x, W_h, b))
    k, n = len(order), W_h.shape[-1]
    if W_x.shape[:-1] != (k * n,) or W_h.shape != (k * n, n) or b.shape != (k * n,):
        raise ValueError(
            f"Weights on x of shape {W_x.shape}, on h {W_h.shape} and biases {b.shape} are not those of {k} layers: "
            f"expected ({k}n, m), ({k}n, n) and ({k}n,) in the order {', '.join(order)}."
        )
    params = {}
    W = np.concatenate([W_h, W_x], axis=1)  # (kn, n + m)
    for layer, W_layer, b_layer in zip(order, np.split(W, k), np.split(b, k)):
        params[f"W_{layer}"], params[f"b_{layer}"] = W_layer, b_layer
    return params
