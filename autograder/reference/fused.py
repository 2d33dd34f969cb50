"""`lstm_forward` and `lstm_backward` for training: the same values, with the four layers' products done as one.

What does not depend on the step before is taken out of the loop: x's share of all four layers, on the way there, and the
weights' gradients, on the way back. One tanh serves all layers, since σ(z) = (1 + tanh(z/2)) / 2.
"""

import numpy as np

LAYERS = "fioc"  # the three gates side by side, so that they are one block


def lstm_forward_fused(xs, h0, c0, params):
    """A whole sequence, as `lstm_forward` has it; what the way back needs comes as a tape.

    Parameters
    ----------
    xs : ndarray of shape (T, m) or (T, B, m)
    h0, c0 : ndarray of shape (n,) or (B, n)
    params : dict of str to ndarray

    Returns
    -------
    hs, cs : ndarray of shape (T, n) or (T, B, n)
    tape : tuple
        For `lstm_backward_fused`.
    """
    n = h0.shape[-1]
    W = np.concatenate([params[f"W_{layer}"] for layer in LAYERS])  # (4n, n + m)
    b = np.concatenate([params[f"b_{layer}"] for layer in LAYERS])  # (4n,)
    half = np.repeat([0.5, 1.0], [3 * n, n])  # of the gates' z, for the tanh that makes their σ
    U = np.ascontiguousarray((W[:, :n] * half[:, None]).T)  # (n, 4n)
    layers = (xs @ W[:, n:].T + b) * half  # (T, …, 4n), x's share; becomes f, i, o, c̃
    hs, cs = np.empty((2, *layers.shape[:-1], n))
    tanh_cs = np.empty_like(cs)
    h, c = h0, c0
    for t, z in enumerate(layers):
        z += h @ U
        np.tanh(z, out=z)
        z[..., : 3 * n] *= 0.5
        z[..., : 3 * n] += 0.5
        f, i, o, c_tilde = (z[..., k * n : (k + 1) * n] for k in range(4))  # each (…, n)
        c = np.multiply(f, c, out=cs[t])
        c += i * c_tilde
        np.tanh(c, out=tanh_cs[t])
        h = np.multiply(o, tanh_cs[t], out=hs[t])
    return hs, cs, (xs, h0, c0, hs, cs, tanh_cs, layers, W)


def lstm_backward_fused(dhs, tape):
    """Back through time, as `lstm_backward` has it.

    Parameters
    ----------
    dhs : ndarray of shape (T, n) or (T, B, n)
        ∂L/∂h_t from outside the sequence, not through later steps.
    tape : tuple
        Of `lstm_forward_fused`.

    Returns
    -------
    dxs : ndarray of shape (T, m) or (T, B, m)
    dh0, dc0 : ndarray of shape (n,) or (B, n)
    grads : dict of str to ndarray
        The keys and shapes of the parameters: sums over all steps and over the batch.
    """
    xs, h0, c0, hs, cs, tanh_cs, layers, W = tape
    n = h0.shape[-1]
    before = np.concatenate([c0[None], cs[:-1]])  # (T, …, n): c_{t−1}
    f, i, o, c_tilde = (layers[..., k * n : (k + 1) * n] for k in range(4))  # each (T, …, n)
    slopes = layers * (1 - layers)  # σ' of the gates
    slopes[..., 3 * n :] = 1 - c_tilde**2  # tanh' of the candidate
    for k, factor in enumerate((before, c_tilde, tanh_cs, i)):  # what each layer's value was multiplied by
        slopes[..., k * n : (k + 1) * n] *= factor
    to_c = o * (1 - tanh_cs**2)  # from h_t to c_t
    U = np.ascontiguousarray(W[:, :n])  # (4n, n)

    dz = slopes  # becomes ∂L/∂z, step by step from the last
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(dhs))):
        dh = dhs[t] + dh
        dc = dc + dh * to_c[t]
        for k, d in enumerate((dc, dc, dh, dc)):
            dz[t, ..., k * n : (k + 1) * n] *= d
        dh = dz[t] @ U
        dc = dc * f[t]

    rows = dz.reshape(-1, 4 * n)  # (T·B, 4n)
    read = np.concatenate([np.concatenate([h0[None], hs[:-1]]), xs], axis=-1).reshape(len(rows), -1)  # [h_{t−1}, x_t]
    dW, db = np.split(rows.T @ read, 4), np.split(rows.sum(axis=0), 4)
    grads = {f"W_{layer}": dW[k] for k, layer in enumerate(LAYERS)}
    grads |= {f"b_{layer}": db[k] for k, layer in enumerate(LAYERS)}
    return dz @ W[:, n:], dh, dc, grads
