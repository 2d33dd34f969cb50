right = gru_cell_forward
def gru_cell_forward(x, h_prev, params):
    h, cache = right(x, h_prev, params)
    return h, {k: cache[k] for k in ("x", "h_prev", "z", "r")}
