def sigmoid(x):
    return _sigma(np.asarray(x, dtype=np.float32))
