_forward, kept = lstm_forward, {}
def lstm_forward(xs, h0, c0, params):
    hs, cs, caches = _forward(xs, *kept.get(h0.shape, (h0, c0)), params)
    kept[h0.shape] = hs[-1], cs[-1]
    return hs, cs, caches
