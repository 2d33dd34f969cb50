right = peephole_cell_forward
def peephole_cell_forward(x, h_prev, c_prev, params):
    h, c, cache = right(x, h_prev, c_prev, params)
    return h, c, {}
