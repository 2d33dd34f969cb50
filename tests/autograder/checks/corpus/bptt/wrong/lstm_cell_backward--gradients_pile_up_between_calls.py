right, piled = lstm_cell_backward, {}
def lstm_cell_backward(dh, dc, cache, params):
    *states, grads = right(dh, dc, cache, params)
    for k, g in grads.items():
        if np.shape(piled.get(k)) == g.shape:
            g = g + piled[k]
        piled[k] = g
    return *states, dict(piled)
