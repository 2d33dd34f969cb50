def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        array[index] += eps
        above = loss(array)
        array[index] -= 2 * eps
        gradient[index] = (above - loss(array)) / (2 * eps)
    return gradient
