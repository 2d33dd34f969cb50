right = lstm_cell_backward
def lstm_cell_backward(dh, dc, cache, params):
    rng = np.random.default_rng(0)
    return right(dh, dc, cache, {k: rng.normal(size=v.shape) for k, v in params.items()})
