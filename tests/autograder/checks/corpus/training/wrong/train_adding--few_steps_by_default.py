right = train_adding
def train_adding(rng, T=20, n=16, steps=10):
    return right(rng, T, n, steps)
