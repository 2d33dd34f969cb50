_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    params = _init(m, n, rng, forget_bias)
    return params | {f"W_{k}": np.tile(params[f"W_{k}"][0], (n, 1)) for k in "fico"}
