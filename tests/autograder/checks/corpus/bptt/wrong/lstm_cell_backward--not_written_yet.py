def lstm_cell_backward(dh, dc, cache, params):
    raise NotImplementedError()
