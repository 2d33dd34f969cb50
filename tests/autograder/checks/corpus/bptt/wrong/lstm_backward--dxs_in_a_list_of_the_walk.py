right = lstm_backward
def lstm_backward(dhs, caches, params):
    dxs, *rest = right(dhs, caches, params)
    return list(dxs[::-1]), *rest
