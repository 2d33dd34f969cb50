def lstm_cell_forward(x, h_prev, c_prev, params):
    return _cell(x, h_prev, c_prev, params)[0]
