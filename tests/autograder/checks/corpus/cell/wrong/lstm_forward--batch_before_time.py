_forward = lstm_forward
def lstm_forward(xs, h0, c0, params):
    if xs.ndim == 3:
        xs = xs.transpose(1, 0, 2)
    return _forward(xs, h0, c0, params)
