def sigmoid(x):
    return _sigma(x) + 1e-6 * np.random.normal(size=np.shape(x))
