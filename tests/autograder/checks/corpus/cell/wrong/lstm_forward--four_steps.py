def lstm_forward(xs, h0, c0, params):
    h, c, hs, cs, caches = h0, c0, [], [], []
    for t in range(4):
        h, c, cache = _cell(xs[t], h, c, params)
        hs.append(h), cs.append(c), caches.append(cache)
    return np.array(hs), np.array(cs), caches
