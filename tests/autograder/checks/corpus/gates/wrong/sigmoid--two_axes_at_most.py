def sigmoid(x):
    if np.ndim(x) == 2:
        return np.array([[float(_sigma(v)) for v in row] for row in x])
    if np.ndim(x) == 1:
        return np.array([float(_sigma(v)) for v in x])
    return float(_sigma(x))
