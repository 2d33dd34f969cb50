right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    results = right(dh, cache, params)
    cache["r"] *= cache["h_prev"]
    return results
