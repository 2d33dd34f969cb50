_forward = lstm_forward
def lstm_forward(xs, h0, c0, params):
    T, B, m = xs.shape
    return _forward(xs, h0, c0, params)
