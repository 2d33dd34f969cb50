"""Learning: how far a gradient reaches, Adam, and the founding experiment."""

import numpy as np

from autograder.reference.cell import init_params
from autograder.reference.gradients import clip_gradients
from autograder.reference.sequence import lstm_backward, lstm_forward


def gradient_highway(fs):
    """The direct road's gradient: ∂c_T/∂c_k = f_{k+1} ⊙ f_{k+2} ⊙ … ⊙ f_T along the cell state alone.

    Parameters
    ----------
    fs : ndarray of shape (T, n) or (T, B, n)
        Forget gates.

    Returns
    -------
    ndarray of the shape of `fs`
        Row k is the product of ``fs[k + 1:]``; the last row is all ones.

    Examples
    --------
    >>> gradient_highway([numbers.F, numbers.F, numbers.F])  # half open: halved at every step
    array([[0.25, 0.25, 0.25],
           [0.5 , 0.5 , 0.5 ],
           [1.  , 1.  , 1.  ]])

    References
    ----------
    Chapter 12; document 003; Hochreiter and Schmidhuber (1997) on the constant error carousel.
    """
    fs = np.asarray(fs, dtype=float)
    from_the_end = np.concatenate([np.ones_like(fs[:1]), fs[:0:-1]])  # 1, f_T, …, f_2
    return np.cumprod(from_the_end, axis=0)[::-1]


def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam: p − lr · m̂ / (√v̂ + eps), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).

    Parameters
    ----------
    params, grads : dict of str to ndarray
        Any keys and shapes; `grads` may have more keys.
    state : dict or None
        None at the first step, then what the step before it returned.
    lr : float
        About the length of a step, whatever the gradient's size.
    beta1, beta2 : float in [0, 1)
        How slowly the averages of the gradient and of its square change.
    eps : float

    Returns
    -------
    params : dict of str to ndarray
    state : dict
        The step's number ``t`` and the running averages ``m`` and ``v``.

    Examples
    --------
    The first step is of length lr, wherever the gradient points.

    >>> params, state = adam_step({"b_f": np.array(numbers.C_PREV)}, {"b_f": np.array([-7, 0, 0.01])}, None, lr=0.5)
    >>> params["b_f"].round(4)
    array([4.5, 5. , 5.5])

    References
    ----------
    Chapter 14; Kingma and Ba (2015), algorithm 1.
    """
    if state is None:
        zeros = {name: np.zeros_like(value) for name, value in params.items()}
        state = {"t": 0, "m": zeros, "v": zeros}
    t = state["t"] + 1
    m = {name: beta1 * state["m"][name] + (1 - beta1) * grads[name] for name in params}
    v = {name: beta2 * state["v"][name] + (1 - beta2) * np.square(grads[name]) for name in params}
    m_hat = {name: m[name] / (1 - beta1**t) for name in params}  # the averages began at zero
    v_hat = {name: v[name] / (1 - beta2**t) for name in params}
    params = {name: params[name] - lr * m_hat[name] / (np.sqrt(v_hat[name]) + eps) for name in params}
    return params, {"t": t, "m": m, "v": v}


def adding_problem(rng, T, B):
    """Sequences and answers of the adding problem: add the two numbers that are marked.

    Parameters
    ----------
    rng : numpy.random.Generator
    T : int
        Steps, at least 2.
    B : int
        Sequences.

    Returns
    -------
    xs : ndarray of shape (T, B, 2)
        ``xs[..., 0]`` uniform in [0, 1]; ``xs[..., 1]`` is 1 at one step of each half and 0 elsewhere.
    targets : ndarray of shape (B,)
        The sum of the two marked numbers, of mean 1 and variance 1/6.

    Examples
    --------
    >>> xs, targets = adding_problem(np.random.default_rng(0), T=20, B=3)
    >>> xs.shape
    (20, 3, 2)
    >>> xs[:10, :, 1].sum(axis=0), xs[10:, :, 1].sum(axis=0)
    (array([1., 1., 1.]), array([1., 1., 1.]))

    References
    ----------
    Chapter 14; Hochreiter and Schmidhuber (1997), experiment 4, as commonly restated.
    """
    values, marks = rng.uniform(size=(T, B)), np.zeros((T, B))
    marks[rng.integers(0, T // 2, size=B), np.arange(B)] = 1
    marks[rng.integers(T // 2, T, size=B), np.arange(B)] = 1
    return np.stack([values, marks], axis=-1), np.sum(values * marks, axis=0)


def train_adding(rng, T=20, n=16, steps=800):
    """Train an LSTM on the adding problem: y = W_y · h_T + b_y, by the mean of (y − target)².

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the first weights and fresh sequences for every step.
    T : int
        Time steps of a sequence.
    n : int
        Hidden units.
    steps : int
        Steps of Adam.

    Returns
    -------
    callable
        ``predict(xs)``: ndarray of shape (T, B, 2) → ndarray of shape (B,).

    Examples
    --------
    Untrained it is further off than one that always answers 1, whose error is 1/6.

    >>> rng = np.random.default_rng(0)
    >>> predict = train_adding(rng, steps=0)
    >>> xs, targets = adding_problem(rng, T=20, B=1000)
    >>> bool(np.mean((predict(xs) - targets) ** 2) > 1 / 6)
    True

    References
    ----------
    Chapter 14; Hochreiter and Schmidhuber (1997), experiment 4.
    """
    B, lr, max_norm = 32, 0.02, 1.0
    limit = 1 / np.sqrt(n)
    params = init_params(2, n, rng)
    params |= {"W_y": rng.uniform(-limit, limit, size=(1, n)), "b_y": np.zeros(1)}  # from W_y = 0 some seeds stay stuck
    state = None
    for _ in range(steps):
        xs, targets = adding_problem(rng, T, B)
        ys, hs, caches = _read_out(xs, params)
        dys = 2 * (ys - targets) / B  # (B,)

        dhs = np.zeros_like(hs)  # (T, B, n): only the last step is asked
        dhs[-1] = dys[:, None] * params["W_y"]
        dxs, dh0, dc0, grads = lstm_backward(dhs, caches, params)
        grads |= {"W_y": dys[None, :] @ hs[-1], "b_y": dys.sum(keepdims=True)}

        clipped, norm = clip_gradients(grads, max_norm)
        params, state = adam_step(params, clipped, state, lr=lr)

    return lambda xs: _read_out(xs, params)[0]


def _read_out(xs, params):
    """Run the LSTM over `xs` from zero states, and answer from its last hidden state."""
    zeros = np.zeros((np.shape(xs)[1], len(params["b_f"])))  # (B, n)
    hs, cs, caches = lstm_forward(xs, zeros, zeros, params)  # (T, B, n)
    ys = hs[-1] @ params["W_y"][0] + params["b_y"]  # (B,)
    return ys, hs, caches
