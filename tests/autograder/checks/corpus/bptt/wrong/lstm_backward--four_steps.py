right = lstm_backward
def lstm_backward(dhs, caches, params):
    return right(dhs[:4], caches[:4], params)
