_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    return {k.upper(): v for k, v in _init(m, n, rng, forget_bias).items()}
