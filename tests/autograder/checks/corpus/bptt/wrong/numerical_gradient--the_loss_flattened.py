def numerical_gradient(loss, array, eps=1e-5):
    flat, gradient = array.ravel().copy(), np.zeros(array.size)
    for k in range(array.size):
        e = np.zeros(array.size)
        e[k] = eps
        gradient[k] = (loss(flat + e) - loss(flat - e)) / (2 * eps)
    return gradient.reshape(array.shape)
