right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    two = {k: np.atleast_2d(v) for k, v in cache.items()}
    return right(np.atleast_2d(dh), np.atleast_2d(dc), two, params)
