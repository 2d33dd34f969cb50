def sigmoid(x):
    x = np.asarray(x, dtype=float).squeeze()
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
