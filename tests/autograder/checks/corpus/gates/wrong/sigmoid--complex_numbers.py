def sigmoid(x):
    return np.asarray(_sigma(x), dtype=complex)
