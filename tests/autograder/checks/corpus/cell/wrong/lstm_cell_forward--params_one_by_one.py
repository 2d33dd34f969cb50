def lstm_cell_forward(x, h_prev, c_prev, W_f, b_f, W_i, b_i, W_c, b_c, W_o, b_o):
    return _cell(x, h_prev, c_prev, dict(W_f=W_f, b_f=b_f, W_i=W_i, b_i=b_i, W_c=W_c, b_c=b_c, W_o=W_o, b_o=b_o))
