def lstm_forward(xs, h0, c0, params):
    hs = [_cell(x, h0, c0, params)[0] for x in xs]
