import numpy as np
es = np.einsum

def lstm_cell_backward(dh, dc, cache, params):
    s = cache
    n = s["f"].shape[-1]
    t = np.tanh(s["c"])
    dct = dc + es("...i,...i,...i->...i", dh, s["o"], 1 - t**2)
    dz = dict(
        f=es("...i,...i,...i,...i->...i", dct, s["c_prev"], s["f"], 1 - s["f"]),
        i=es("...i,...i,...i,...i->...i", dct, s["c_tilde"], s["i"], 1 - s["i"]),
        c=es("...i,...i,...i->...i", dct, s["i"], 1 - s["c_tilde"] ** 2),
        o=es("...i,...i,...i,...i->...i", dh, t, s["o"], 1 - s["o"]),
    )
    batch = "b" if dh.ndim == 2 else ""
    grads = {}
    for k in dz:
        dWh = es(f"{batch}i,{batch}j->ij", dz[k], s["h_prev"])
        dWx = es(f"{batch}i,{batch}j->ij", dz[k], s["x"])
        grads[f"W_{k}"] = np.block([dWh, dWx])
        grads[f"b_{k}"] = es(f"{batch}i->i", dz[k])
    dx = sum(es("...i,ij->...j", dz[k], params[f"W_{k}"][:, n:]) for k in dz)
    dh_prev = sum(es("...i,ij->...j", dz[k], params[f"W_{k}"][:, :n]) for k in dz)
    return dx, dh_prev, es("...i,...i->...i", dct, s["f"]), grads

def lstm_backward(dhs, caches, params):
    state = (np.zeros(dhs.shape[1:]),) * 2
    out = []
    for dh, cache in list(zip(dhs, caches))[::-1]:
        out.append(lstm_cell_backward(dh + state[0], state[1], cache, params))
        state = out[-1][1:3]
    grads = {k: es("t...->...", np.array([o[3][k] for o in out])) for k in params}
    return np.array([o[0] for o in out])[::-1], *state, grads

def numerical_gradient(loss, array, eps=1e-5):
    out = np.empty(array.size)
    for k in range(array.size):
        e = np.zeros(array.size)
        e[k] = eps
        e = e.reshape(array.shape)
        out[k] = 0.5 * (loss(array + e) - loss(array - e)) / eps
    return out.reshape(array.shape)

def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(es("i,i->", g.ravel(), g.ravel()) for g in grads.values()))
    return {k: g * np.where(norm > max_norm, max_norm / np.where(norm > 0, norm, 1), 1.0) for k, g in grads.items()}, norm
