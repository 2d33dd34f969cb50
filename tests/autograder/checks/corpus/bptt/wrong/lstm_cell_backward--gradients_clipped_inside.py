right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    *states, grads = right(dh, dc, cache, params)
    return *states, {k: np.clip(g, -5, 5) for k, g in grads.items()}
