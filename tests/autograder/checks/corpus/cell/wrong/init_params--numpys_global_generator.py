def init_params(m, n, rng, forget_bias=1.0):
    np.random.seed(0)
    a = n**-0.5
    b = {f"b_{k}": np.full(n, forget_bias * (k == "f")) for k in "fico"}
    return {f"W_{k}": np.random.uniform(-a, a, (n, n + m)) for k in "fico"} | b
