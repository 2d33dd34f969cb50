right = train_adding
def train_adding(rng, T=20, n=16, steps=800):
    for step in range(steps):
        predict = right
    return predict(rng, T, n, steps)
