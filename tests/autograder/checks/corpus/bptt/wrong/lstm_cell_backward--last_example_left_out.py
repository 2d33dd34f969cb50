right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    if dh.ndim == 2 and len(dh) > 1:
        dh, dc = dh.copy(), dc.copy()
        dh[-1] = dc[-1] = 0
    return right(dh, dc, cache, params)
