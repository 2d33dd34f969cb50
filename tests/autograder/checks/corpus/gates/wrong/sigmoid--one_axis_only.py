def sigmoid(x):
    return np.array([_sigma(v) for v in np.atleast_1d(x)])
