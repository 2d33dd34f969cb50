def peephole_cell_forward(x, h_prev, c_prev, params):
    z = np.concatenate([h_prev, x], axis=-1)
    f = sigmoid(z @ params["W_f"].T + params["b_f"] + params["p_f"] @ c_prev.T)
    i = sigmoid(z @ params["W_i"].T + params["b_i"] + params["p_i"] @ c_prev.T)
    c_tilde = np.tanh(z @ params["W_c"].T + params["b_c"])
    c = f * c_prev + i * c_tilde
    o = sigmoid(z @ params["W_o"].T + params["b_o"] + params["p_o"] @ c.T)
    return o * np.tanh(c), c, {"x": x, "h_prev": h_prev, "c_prev": c_prev, "f": f, "i": i, "c_tilde": c_tilde, "o": o, "c": c}
