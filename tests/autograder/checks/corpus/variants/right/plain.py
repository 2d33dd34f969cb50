import numpy as np

def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
# %%
def peephole_cell_forward(x, h_prev, c_prev, params):
    z = np.concatenate([h_prev, x], axis=-1)
    f = sigmoid(z @ params["W_f"].T + params["b_f"] + params["p_f"] * c_prev)
    i = sigmoid(z @ params["W_i"].T + params["b_i"] + params["p_i"] * c_prev)
    c_tilde = np.tanh(z @ params["W_c"].T + params["b_c"])
    c = f * c_prev + i * c_tilde
    o = sigmoid(z @ params["W_o"].T + params["b_o"] + params["p_o"] * c)
    h = o * np.tanh(c)
    return h, c, {"x": x, "h_prev": h_prev, "c_prev": c_prev, "f": f, "i": i, "c_tilde": c_tilde, "o": o, "c": c}
# %%
def gru_cell_forward(x, h_prev, params):
    hx = np.concatenate([h_prev, x], axis=-1)
    z = sigmoid(hx @ params["W_z"].T + params["b_z"])
    r = sigmoid(hx @ params["W_r"].T + params["b_r"])
    h_tilde = np.tanh(np.concatenate([r * h_prev, x], axis=-1) @ params["W_h"].T + params["b_h"])
    return (1 - z) * h_tilde + z * h_prev, {"x": x, "h_prev": h_prev, "z": z, "r": r, "h_tilde": h_tilde}
# %%
def lstm_forward(xs, h, c, params):
    hs = []
    for x in xs:
        z = np.concatenate([h, x], axis=-1)
        f, i, o = (sigmoid(z @ params["W_" + k].T + params["b_" + k]) for k in "fio")
        c = f * c + i * np.tanh(z @ params["W_c"].T + params["b_c"])
        h = o * np.tanh(c)
        hs.append(h)
    return np.stack(hs)

def from_zeros(xs, params):
    zeros = np.zeros(xs.shape[1:-1] + params["b_f"].shape)
    return lstm_forward(xs, zeros, zeros, params)

def bidirectional_forward(xs, params_forward, params_backward):
    return np.concatenate([from_zeros(xs, params_forward), from_zeros(xs[::-1], params_backward)[::-1]], axis=-1)
# %%
def stacked_forward(xs, layers):
    for params in layers:
        xs = from_zeros(xs, params)
    return xs
# %%
def weight_gradients(dz, hx):
    if dz.ndim == 1:
        return np.outer(dz, hx), dz
    return dz.T @ hx, dz.sum(axis=0)

def gru_cell_backward(dh, cache, params):
    x, h_prev, z, r, h_tilde = (cache[k] for k in ("x", "h_prev", "z", "r", "h_tilde"))
    n, grads = h_prev.shape[-1], {}
    dz_h = dh * (1 - z) * (1 - h_tilde**2)
    d_joined = dz_h @ params["W_h"]
    d_reset, dx = d_joined[..., :n], d_joined[..., n:]
    dz_z = dh * (h_prev - h_tilde) * z * (1 - z)
    dz_r = d_reset * h_prev * r * (1 - r)
    dh_prev = dh * z + d_reset * r
    hx = np.concatenate([h_prev, x], axis=-1)
    for k, dz in (("z", dz_z), ("r", dz_r)):
        grads["W_" + k], grads["b_" + k] = weight_gradients(dz, hx)
        dh_prev = dh_prev + dz @ params["W_" + k][:, :n]
        dx = dx + dz @ params["W_" + k][:, n:]
    grads["W_h"], grads["b_h"] = weight_gradients(dz_h, np.concatenate([r * h_prev, x], axis=-1))
    return dx, dh_prev, grads
# %%
def peephole_cell_backward(dh, dc, cache, params):
    x, h_prev, c_prev, f, i, c_tilde, o, c = (cache[k] for k in ("x", "h_prev", "c_prev", "f", "i", "c_tilde", "o", "c"))
    tanh_c = np.tanh(c)
    dz_o = dh * tanh_c * o * (1 - o)
    dc = dc + dh * o * (1 - tanh_c**2) + params["p_o"] * dz_o
    dz_f, dz_i = dc * c_prev * f * (1 - f), dc * c_tilde * i * (1 - i)
    dz_c = dc * i * (1 - c_tilde**2)
    dc_prev = dc * f + params["p_f"] * dz_f + params["p_i"] * dz_i
    grads, dhx, hx = {}, 0, np.concatenate([h_prev, x], axis=-1)
    for k, dz in zip("fico", (dz_f, dz_i, dz_c, dz_o)):
        grads["W_" + k], grads["b_" + k] = weight_gradients(dz, hx)
        dhx = dhx + dz @ params["W_" + k]
    for k, dz, seen in (("f", dz_f, c_prev), ("i", dz_i, c_prev), ("o", dz_o, c)):
        grads["p_" + k] = dz * seen if dz.ndim == 1 else (dz * seen).sum(axis=0)
    n = h_prev.shape[-1]
    return dhx[..., n:], dhx[..., :n], dc_prev, grads
