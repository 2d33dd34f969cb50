def lstm_forward(xs, h0, c0, params):
    h, c, hs, cs, caches = h0, c0, [], [], []
    for x in xs:
        h, c, cache = _cell(x, h, c, params)
        h = np.round(h, 4)
        hs.append(h), cs.append(c), caches.append(cache)
    return np.array(hs), np.array(cs), caches
