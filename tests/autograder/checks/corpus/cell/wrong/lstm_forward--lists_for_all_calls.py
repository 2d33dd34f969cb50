caches = []
_forward = lstm_forward
def lstm_forward(xs, h0, c0, params):
    hs, cs, new = _forward(xs, h0, c0, params)
    caches.extend(new)
    return hs, cs, caches
