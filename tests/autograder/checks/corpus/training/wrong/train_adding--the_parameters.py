right = train_adding
def train_adding(rng, T=20, n=16, steps=800):
    return {"predict": right(rng, T, n, min(steps, 1))}
