def lstm_forward(xs, h0, c0, params):
    hs, cs, caches = [], [], []
    for x in xs:
        new_h, new_c, cache = _cell(x, h0.copy(), c0.copy(), params)
        h0[...], c0[...] = new_h, new_c
        hs.append(new_h), cs.append(new_c), caches.append(cache)
    return np.array(hs), np.array(cs), caches
