def lstm_cell_forward(x, h_prev, c_prev, params):
    print(_cell(x, h_prev, c_prev, params))
