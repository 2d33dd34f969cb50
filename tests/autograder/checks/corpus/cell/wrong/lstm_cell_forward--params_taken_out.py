def lstm_cell_forward(x, h_prev, c_prev, params):
    b_f = params.pop("b_f")
    return _cell(x, h_prev, c_prev, {**params, "b_f": b_f})
