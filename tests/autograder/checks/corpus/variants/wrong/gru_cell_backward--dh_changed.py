right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    results = right(dh, cache, params)
    dh *= cache["z"]
    return results
