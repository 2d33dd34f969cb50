def init_params(m, n, forget_bias=1.0):
    rng = np.random.default_rng()
    return {f"W_{k}": rng.uniform(-(n**-0.5), n**-0.5, (n, n + m)) for k in "fico"} | {f"b_{k}": np.zeros(n) for k in "fico"}
