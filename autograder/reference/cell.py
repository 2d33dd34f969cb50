"""One step of an LSTM: its parameters, the way forward and the way back."""

import numpy as np

from autograder.reference.affine import affine_backward
from autograder.reference.gates import candidate, forget_gate, hidden_state, input_gate, output_gate, update_cell


def init_params(m, n, rng, forget_bias=1.0):
    """Parameters to start learning from: W uniform in ±1/√n, b zero, but b_f = `forget_bias`.

    Parameters
    ----------
    m : int
        Input features.
    n : int
        Hidden units.
    rng : numpy.random.Generator
    forget_bias : float
        1 lets the forget gate start at σ(1) = 0.73, so that memory lasts for some steps from the first.

    Returns
    -------
    dict of str to ndarray
        ``W_f W_i W_c W_o`` of shape (n, n + m) and ``b_f b_i b_c b_o`` of shape (n,).

    Examples
    --------
    >>> params = init_params(m=2, n=3, rng=np.random.default_rng(0))
    >>> {name: value.shape for name, value in params.items() if name.endswith("f")}
    {'W_f': (3, 5), 'b_f': (3,)}
    >>> sum(value.size for value in params.values())  # 4 (n (n + m) + n)
    72

    References
    ----------
    Chapter 13; documents 001 and 003; Jozefowicz, Zaremba and Sutskever (2015) on the forget gate's bias.
    """
    limit = 1 / np.sqrt(n)
    params = {}
    for layer in "fico":
        params[f"W_{layer}"] = rng.uniform(-limit, limit, size=(n, n + m))
        params[f"b_{layer}"] = np.full(n, float(forget_bias) if layer == "f" else 0.0)
    return params


def lstm_cell_forward(x, h_prev, c_prev, params):
    """One step of the LSTM: c = f ⊙ c_prev + i ⊙ c̃ and h = o ⊙ tanh(c).

    Parameters
    ----------
    x : ndarray of shape (m,) or (B, m)
    h_prev, c_prev : ndarray of shape (n,) or (B, n)
    params : dict of str to ndarray
        As of `init_params`.

    Returns
    -------
    h, c : ndarray of shape (n,) or (B, n)
    cache : dict of str to ndarray
        ``x h_prev c_prev f i c_tilde o c``: what `lstm_cell_backward` needs.

    Examples
    --------
    The documents' cell, with gates that are set by their biases.

    >>> biases = {"f": 0, "i": [np.inf, 0, -np.inf], "c": np.arctanh(numbers.C_TILDE), "o": [np.inf, -np.inf, 0]}
    >>> params = {f"b_{layer}": np.zeros(3) + bias for layer, bias in biases.items()}
    >>> params |= {f"W_{layer}": np.zeros((3, 3 + 2)) for layer in biases}
    >>> h, c, cache = lstm_cell_forward(np.ones(2), np.zeros(3), np.array(numbers.C_PREV), params)
    >>> c
    array([2.8 , 2.95, 3.  ])
    >>> h.round(4)
    array([0.9926, 0.    , 0.4975])

    References
    ----------
    Chapter 8; documents 000 to 003; Gers, Schmidhuber and Cummins (2000).
    """
    f = forget_gate(h_prev, x, params["W_f"], params["b_f"])  # (n,) or (B, n), and so on
    i = input_gate(h_prev, x, params["W_i"], params["b_i"])
    c_tilde = candidate(h_prev, x, params["W_c"], params["b_c"])
    c = update_cell(c_prev, f, i, c_tilde)
    o = output_gate(h_prev, x, params["W_o"], params["b_o"])
    h = hidden_state(o, c)
    return h, c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)


def lstm_cell_backward(dh, dc, cache, params):
    """The way back through `lstm_cell_forward`: ∂L/∂c = dc + dh ⊙ o ⊙ (1 − tanh²c), and from it all the others.

    Parameters
    ----------
    dh : ndarray of shape (n,) or (B, n)
        ∂L/∂h from everywhere outside the cell.
    dc : ndarray of shape (n,) or (B, n)
        ∂L/∂c from the next step alone, not through h.
    cache : dict of str to ndarray
        As of `lstm_cell_forward`.
    params : dict of str to ndarray

    Returns
    -------
    dx : ndarray of shape (m,) or (B, m)
    dh_prev, dc_prev : ndarray of shape (n,) or (B, n)
    grads : dict of str to ndarray
        The keys and shapes of `params`; with a batch, sums over it.

    Examples
    --------
    Along the cell state alone the gradient's factor is the forget gate itself.

    >>> rng = np.random.default_rng(0)
    >>> params = init_params(m=2, n=3, rng=rng, forget_bias=0) | {"W_f": np.zeros((3, 5))}
    >>> h, c, cache = lstm_cell_forward(np.ones(2), np.zeros(3), np.array(numbers.C_PREV), params)
    >>> dx, dh_prev, dc_prev, grads = lstm_cell_backward(np.zeros(3), np.ones(3), cache, params)
    >>> bool(np.all(dc_prev == numbers.F))
    True

    References
    ----------
    Chapter 10; Greff et al. (2017), appendix.
    """
    f, i, c_tilde, o, tanh_c = cache["f"], cache["i"], cache["c_tilde"], cache["o"], np.tanh(cache["c"])

    do = dh * tanh_c  # (n,) or (B, n), and so on
    dc = dc + dh * o * (1 - tanh_c**2)  # both roads to c: the next step's, and h's
    df = dc * cache["c_prev"]
    di = dc * c_tilde
    dc_tilde = dc * i
    dc_prev = dc * f

    dz = {  # before the squashing: σ' = σ (1 − σ), tanh' = 1 − tanh²
        "f": df * f * (1 - f),
        "i": di * i * (1 - i),
        "c": dc_tilde * (1 - c_tilde**2),
        "o": do * o * (1 - o),
    }
    dh_prev, dx, grads = affine_backward(dz, cache["h_prev"], cache["x"], params)
    return dx, dh_prev, dc_prev, grads
