def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return 0.5 + x / 4 - x**3 / 48 + x**5 / 480
