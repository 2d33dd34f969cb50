def lstm_forward(xs, h0, c0, params):
    h, c = h0.copy(), c0.copy()
    hs, cs, caches = [], [], []
    for x in xs:
        h[...], c[...], cache = _cell(x, h.copy(), c.copy(), params)
        hs.append(h), cs.append(c), caches.append(cache)
    return np.array(hs), np.array(cs), caches
