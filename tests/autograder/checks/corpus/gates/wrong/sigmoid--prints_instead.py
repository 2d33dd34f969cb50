def sigmoid(x):
    print(1 / (1 + np.exp(-np.asarray(x, dtype=float))))
