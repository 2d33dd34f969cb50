right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    hx = cache["hx"]
    return right(dh, cache, params)
