_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    a = n**-0.5
    return _init(m, n, rng, forget_bias) | {"W_o": np.random.default_rng(1).uniform(-a, a, (n, n + m))}
