right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    *states, grads = right(dh, dc, cache, params)
    params.update({"d" + k: v for k, v in grads.items()})
    return *states, grads
