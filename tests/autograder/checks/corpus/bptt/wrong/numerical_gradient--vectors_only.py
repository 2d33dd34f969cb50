def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros_like(array)
    for k in range(len(array)):
        e = np.zeros_like(array)
        e[k] = eps
        gradient[k] = (loss(array + e) - loss(array - e)) / (2 * eps)
    return gradient
