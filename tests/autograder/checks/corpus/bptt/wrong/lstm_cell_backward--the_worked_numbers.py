def lstm_cell_backward(dh, dc, cache, params):
    F, I, C_TILDE, O, C_PREV, C = (np.array(v) for v in ((.5, .5, .5), (1, .5, 0), (.8, .9, .7), (1, 0, .5), (4., 5, 6), (2.8, 2.95, 3)))
    t = np.tanh(C)
    d = dc + dh * O * (1 - t**2)
    dz = {"f": d * C_PREV * F * (1 - F), "i": d * C_TILDE * I * (1 - I), "c": d * I * (1 - C_TILDE**2), "o": dh * t * O * (1 - O)}
    hx = np.concatenate([cache["h_prev"], cache["x"]])
    dhx = sum(dz[k] @ params["W_" + k] for k in dz)
    return dhx[3:], dhx[:3], d * F, {f"W_{k}": np.outer(v, hx) for k, v in dz.items()} | {f"b_{k}": v for k, v in dz.items()}
