_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    return _init(m, n, rng, forget_bias) | {"b_o": np.ones(n)}
