right = lstm_backward
def lstm_backward(dhs, caches, params):
    results = right(dhs, caches, params)
    dhs[:] = 0
    return results
