right = train_adding
def train_adding(rng, T=20, n=16, steps=800):
    trained = right(rng, T, n, steps)
    def predict(xs):
        answers = trained(xs)
        xs[...] = 0
        return answers
    return predict
