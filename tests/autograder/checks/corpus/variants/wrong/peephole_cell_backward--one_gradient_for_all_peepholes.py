right = peephole_cell_backward
def peephole_cell_backward(dh, dc, cache, params):
    *states, grads = right(dh, dc, cache, params)
    total = grads["p_f"] + grads["p_i"] + grads["p_o"]
    return *states, grads | {"p_f": total, "p_i": total, "p_o": total}
