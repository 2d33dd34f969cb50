def lstm_cell_forward(x, h_prev, c_prev, params):
    if x.ndim == 2:
        params = {k: v * 0 if k[0] == "b" else v for k, v in params.items()}
    return _cell(x, h_prev, c_prev, params)
