def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros_like(array)
    for i in range(array.shape[0]):
        for j in range(array.shape[1]):
            e = np.zeros_like(array)
            e[i, j] = eps
            gradient[i, j] = (loss(array + e) - loss(array - e)) / (2 * eps)
    return gradient
