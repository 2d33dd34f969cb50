def train_adding(rng, T=20, n=16, steps=800):
    def predict(xs):
        return np.ones(xs.shape[1])
