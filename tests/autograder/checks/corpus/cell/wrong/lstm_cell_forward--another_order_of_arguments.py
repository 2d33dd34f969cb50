def lstm_cell_forward(x, c_prev, h_prev, params):
    return _cell(x, h_prev, c_prev, params)
