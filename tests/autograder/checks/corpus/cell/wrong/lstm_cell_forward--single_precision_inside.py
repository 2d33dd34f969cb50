def lstm_cell_forward(x, h_prev, c_prev, params):
    h, c, cache = _cell(*(np.float32(a) for a in (x, h_prev, c_prev)), {k: np.float32(v) for k, v in params.items()})
    return np.float64(h), np.float64(c), {k: np.float64(v) for k, v in cache.items()}
