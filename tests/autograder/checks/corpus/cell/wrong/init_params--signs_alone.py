_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    params = _init(m, n, rng, forget_bias)
    return {k: np.sign(v) / np.sqrt(n) if k[0] == "W" else v for k, v in params.items()}
