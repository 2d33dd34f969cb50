right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    *states, grads = right(dh, dc, cache, params)
    for k in params:
        params[k] -= 0.01 * grads[k]
    return *states, grads
