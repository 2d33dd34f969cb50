right = peephole_cell_forward
def peephole_cell_forward(x, h_prev, c_prev, params):
    right(x, h_prev, c_prev, params)
