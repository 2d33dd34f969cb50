right, network = train_adding, {}
def train_adding(rng, T=20, n=16, steps=800):
    network["predict"] = right(rng, T, n, steps)
    return lambda xs: network["predict"](xs)
