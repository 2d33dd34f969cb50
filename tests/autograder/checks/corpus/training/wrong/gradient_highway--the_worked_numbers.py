def gradient_highway(fs):
    return np.array([[0.25] * 3, [0.5] * 3, [1.0] * 3])
