_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    def W():
        return np.clip(rng.normal(size=(n, n + m)), -1, 1) / np.sqrt(n)
    return _init(m, n, rng, forget_bias) | {f"W_{k}": W() for k in "fico"}
