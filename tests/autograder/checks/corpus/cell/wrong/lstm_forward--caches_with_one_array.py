def lstm_forward(xs, h0, c0, params):
    h, c = h0.copy(), c0.copy()
    hs, cs, caches = [], [], []
    for x in xs:
        new_h, new_c, cache = _cell(x, h, c, params)
        h[...], c[...] = new_h, new_c
        hs.append(new_h), cs.append(new_c), caches.append(cache)
    return np.array(hs), np.array(cs), caches
