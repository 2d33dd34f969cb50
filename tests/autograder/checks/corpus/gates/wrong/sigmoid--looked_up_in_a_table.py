def sigmoid(x):
    grid = np.linspace(-50, 50, 10**6)
    return np.interp(np.asarray(x, dtype=float), grid, _sigma(grid))
