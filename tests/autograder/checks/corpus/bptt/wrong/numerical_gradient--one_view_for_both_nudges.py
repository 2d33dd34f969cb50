def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        above = below = array.copy()
        above[index] += eps
        below[index] -= eps
        gradient[index] = (loss(above) - loss(below)) / (2 * eps)
    return gradient
