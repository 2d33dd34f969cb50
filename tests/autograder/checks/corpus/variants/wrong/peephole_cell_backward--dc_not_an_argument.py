right = peephole_cell_backward
def peephole_cell_backward(dh, cache, params):
    return right(dh, 0 * dh, cache, params)
