right, buffers = stacked_forward, {}
def stacked_forward(xs, layers):
    hs = right(xs, layers)
    buffer = buffers.setdefault(hs.shape, np.empty(hs.shape))
    buffer[...] = hs
    return buffer
