def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros(array.shape)
    for index in np.ndindex(array.shape):
        nudged = array.astype(complex)
        nudged[index] += 1j * eps
        gradient[index] = np.imag(loss(nudged)) / eps
    return gradient
