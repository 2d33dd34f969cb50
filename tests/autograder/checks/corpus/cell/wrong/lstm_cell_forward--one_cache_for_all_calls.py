cache = {}
def lstm_cell_forward(x, h_prev, c_prev, params):
    h, c, new = _cell(x, h_prev, c_prev, params)
    cache.update(new)
    return h, c, cache
