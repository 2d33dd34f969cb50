right = peephole_cell_backward
def peephole_cell_backward(dh, dc, cache, params):
    dx, *rest = right(dh, dc, cache, params)
    return dx.astype(np.float32), *rest
