import numpy as np
# %%
def lstm_cell_backward(dh, dc, cache, params):
    x, h_prev, c_prev = cache["x"], cache["h_prev"], cache["c_prev"]
    f, i, c_tilde, o, c = cache["f"], cache["i"], cache["c_tilde"], cache["o"], cache["c"]
    tanh_c = np.tanh(c)
    do = dh * tanh_c
    dc = dc + dh * o * (1 - tanh_c**2)
    dz_f = dc * c_prev * f * (1 - f)
    dz_i = dc * c_tilde * i * (1 - i)
    dz_c = dc * i * (1 - c_tilde**2)
    dz_o = do * o * (1 - o)
    z = np.concatenate([h_prev, x], axis=-1)
    grads, dhx = {}, 0
    for name, dz in zip("fico", (dz_f, dz_i, dz_c, dz_o)):
        if dz.ndim == 1:
            grads["W_" + name], grads["b_" + name] = np.outer(dz, z), dz
        else:
            grads["W_" + name], grads["b_" + name] = dz.T @ z, dz.sum(axis=0)
        dhx = dhx + dz @ params["W_" + name]
    n = h_prev.shape[-1]
    return dhx[..., n:], dhx[..., :n], dc * f, grads
# %%
one_step_back = lstm_cell_backward

def lstm_backward(dhs, caches, params):
    T = len(caches)
    dh_next, dc_next = np.zeros_like(dhs[0]), np.zeros_like(dhs[0])
    dxs, total = [None] * T, {name: np.zeros_like(value) for name, value in params.items()}
    for t in range(T - 1, -1, -1):
        dxs[t], dh_next, dc_next, grads = one_step_back(dhs[t] + dh_next, dc_next, caches[t], params)
        for name in total:
            total[name] += grads[name]
    return np.array(dxs), dh_next, dc_next, total
# %%
def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        above, below = array.copy(), array.copy()
        above[index] += eps
        below[index] -= eps
        gradient[index] = (loss(above) - loss(below)) / (2 * eps)
    return gradient
# %%
def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    if norm > max_norm:
        return {name: g * max_norm / norm for name, g in grads.items()}, norm
    return dict(grads), norm
