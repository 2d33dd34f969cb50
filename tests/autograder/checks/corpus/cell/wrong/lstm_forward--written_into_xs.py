_forward = lstm_forward
def lstm_forward(xs, h0, c0, params):
    result = _forward(xs.copy(), h0, c0, params)
    xs -= xs.mean()
    return result
