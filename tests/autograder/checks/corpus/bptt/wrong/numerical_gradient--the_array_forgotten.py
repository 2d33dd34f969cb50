def numerical_gradient(loss, array, eps=1e-5):
    return np.full(array.shape, (loss(np.full(array.shape, eps)) - loss(np.full(array.shape, -eps))) / (2 * eps))
