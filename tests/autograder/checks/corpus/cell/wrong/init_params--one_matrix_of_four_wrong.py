_init = init_params
def init_params(m, n, rng, forget_bias=1.0):
    params = _init(m, n, rng, forget_bias)
    return params | {"W_c": params["W_c"] / 2}
