def gru_cell_forward(x, h_prev, params):
    return peephole_cell_forward(x, h_prev, h_prev, params)
