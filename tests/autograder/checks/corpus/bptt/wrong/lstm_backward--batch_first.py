right = lstm_backward
def lstm_backward(dhs, caches, params):
    if dhs.ndim == 3:
        dhs = dhs.transpose(1, 0, 2)
        dhs = np.resize(dhs, (len(caches), dhs.shape[0], dhs.shape[2]))
    return right(dhs, caches, params)
