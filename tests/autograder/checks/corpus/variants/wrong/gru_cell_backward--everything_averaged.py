right = gru_cell_backward
def gru_cell_backward(dh, cache, params):
    B = np.atleast_2d(dh).shape[0]
    return right(dh / B, cache, params)
