def lstm_cell_backward(dh, dc, cache, params):
    x, h_prev, c_prev, f, i, c_tilde, o, c, tanh_c, z = cache
    return None
