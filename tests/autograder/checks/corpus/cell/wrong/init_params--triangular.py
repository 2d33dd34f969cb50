_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    def W():
        return (rng.random((n, n + m)) - rng.random((n, n + m))) / np.sqrt(n)
    return _init(m, n, rng, forget_bias) | {f"W_{k}": W() for k in "fico"}
