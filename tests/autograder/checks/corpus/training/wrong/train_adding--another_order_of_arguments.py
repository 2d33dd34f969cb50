right = train_adding
def train_adding(T, rng, n=16, steps=800):
    return right(rng, T, n, steps)
