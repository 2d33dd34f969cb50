def sigmoid(x):
    return map(_sigma, np.atleast_1d(x))
