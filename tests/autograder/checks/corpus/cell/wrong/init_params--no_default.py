_init = init_params
def init_params(m, n, rng, forget_bias):
    return _init(m, n, rng, forget_bias)
