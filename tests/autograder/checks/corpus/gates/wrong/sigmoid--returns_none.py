def sigmoid(x):
    1 / (1 + np.exp(-np.asarray(x, dtype=float)))
