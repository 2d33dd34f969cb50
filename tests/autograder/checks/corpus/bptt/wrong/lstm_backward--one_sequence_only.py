right = lstm_backward
def lstm_backward(dhs, caches, params):
    return right(dhs, [{k: np.array([float(a) for a in v]) for k, v in c.items()} for c in caches], params)
