def gru_cell_forward(x, h_prev, params):
    hx = np.concatenate([h_prev, x], axis=-1)
    z, r = (np.clip(0.2 * (hx @ params["W_" + k].T + params["b_" + k]) + 0.5, 0, 1) for k in "zr")
    h_tilde = np.tanh(np.concatenate([r * h_prev, x], axis=-1) @ params["W_h"].T + params["b_h"])
    return (1 - z) * h_tilde + z * h_prev, {"x": x, "h_prev": h_prev, "z": z, "r": r, "h_tilde": h_tilde}
