def gru_cell_backward(dh, cache, params):
    raise NotImplementedError
