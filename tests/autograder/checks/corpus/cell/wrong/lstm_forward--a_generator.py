def lstm_forward(xs, h0, c0, params):
    h, c = h0, c0
    for x in xs:
        h, c, cache = _cell(x, h, c, params)
        yield h, c, cache
