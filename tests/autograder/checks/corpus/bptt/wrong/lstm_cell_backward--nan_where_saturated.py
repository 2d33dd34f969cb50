right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    logit = lambda y: np.log(y / (1 - y))
    f = cache["f"]
    sigma = 1 / (1 + np.exp(-logit(f)))
    return right(dh, dc, cache | {"f": sigma + 0 * logit(f) * (sigma - f)}, params)
