def lstm_forward(xs, h0, c0, params):
    h, c, caches = h0, c0, []
    hs, cs = np.zeros((len(xs), *h0.shape)), np.zeros((len(xs), *h0.shape))
    for t in range(len(xs) - 1):
        h, c, cache = _cell(xs[t], h, c, params)
        hs[t], cs[t] = h, c
        caches.append(cache)
    return hs, cs, caches
