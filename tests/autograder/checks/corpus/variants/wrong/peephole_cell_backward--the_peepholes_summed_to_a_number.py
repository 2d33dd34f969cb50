right = peephole_cell_backward
def peephole_cell_backward(dh, dc, cache, params):
    *states, grads = right(dh, dc, cache, params)
    return *states, {k: np.sum(g) if k[0] == "p" else g for k, g in grads.items()}
