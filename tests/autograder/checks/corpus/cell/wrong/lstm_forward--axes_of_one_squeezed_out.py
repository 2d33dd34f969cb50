forward = lstm_forward


def lstm_forward(xs, h0, c0, params):
    hs, cs, caches = forward(xs, h0, c0, params)
    return (hs.squeeze(-1), cs, caches) if hs.shape[-1] == 1 else (hs, cs, caches)
