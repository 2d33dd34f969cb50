def gru_cell_forward(x, h_prev, params):
    hx = np.concatenate([h_prev, x], axis=-1)
    z, r = sigmoid(hx @ params["W_z"].T + params["b_z"]), sigmoid(hx @ params["W_r"].T + params["b_r"])
    kept = z * h_prev
    cache = {"x": x, "h_prev": h_prev.copy(), "z": z, "r": r}
    h_prev *= r
    cache["h_tilde"] = np.tanh(np.concatenate([h_prev, x], axis=-1) @ params["W_h"].T + params["b_h"])
    return (1 - z) * cache["h_tilde"] + kept, cache
