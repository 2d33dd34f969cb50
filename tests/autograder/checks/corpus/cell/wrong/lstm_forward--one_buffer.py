_forward, buffers = lstm_forward, {}
def lstm_forward(xs, h0, c0, params):
    hs, cs, caches = _forward(xs, h0, c0, params)
    buffer = buffers.setdefault(hs.shape, np.empty(hs.shape))
    buffer[...] = hs
    return buffer, cs, caches
