def init_params(m, n, rng, forget_bias=1.0):
    params = {f"W_{k}": rng.uniform(-(n**-0.5), n**-0.5, (n, n + m)) for k in "fico"}
