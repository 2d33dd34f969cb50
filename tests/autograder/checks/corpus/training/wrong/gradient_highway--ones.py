def gradient_highway(fs):
    return np.ones_like(fs)
