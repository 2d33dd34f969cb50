def train_adding(rng, T=20, n=16, steps=800):
    import sys
    sys.exit()
