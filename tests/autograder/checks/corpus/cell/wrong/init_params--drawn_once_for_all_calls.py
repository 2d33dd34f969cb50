_init, drawn = init_params, {}
def init_params(m, n, rng, forget_bias=1.0):
    if (m, n) not in drawn:
        drawn[m, n] = _init(m, n, rng, forget_bias)
    return drawn[m, n]
