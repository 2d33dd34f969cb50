_forward = lstm_forward
def lstm_forward(xs, h0, c0, params):
    hs, cs, caches = _forward(xs, h0, c0, params)
    assert np.ptp(hs, axis=0).all(), "the states do not change"
    return hs, cs, caches
