cache = {}
right = peephole_cell_forward
def peephole_cell_forward(x, h_prev, c_prev, params):
    h, c, own = right(x, h_prev, c_prev, params)
    cache.update(own)
    return h, c, cache
