_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    return tuple(_init(m, n, rng, forget_bias).values())
