right = peephole_cell_backward
def peephole_cell_backward(dh, dc, cache, params):
    return right(np.clip(dh, -100, 100), np.clip(dc, -100, 100), cache, params)
