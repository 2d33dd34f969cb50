def train_adding(rng, T=20, n=16, steps=800):
    return lambda xs: np.full(xs.shape[1], np.nan)
