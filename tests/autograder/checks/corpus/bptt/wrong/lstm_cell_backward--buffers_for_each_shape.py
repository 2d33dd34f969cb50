right, buffers = lstm_cell_backward, {}
def lstm_cell_backward(dh, dc, cache, params):
    dx, *rest = right(dh, dc, cache, params)
    buffer = buffers.setdefault(dx.shape, np.empty(dx.shape))
    buffer[:] = dx
    return buffer, *rest
