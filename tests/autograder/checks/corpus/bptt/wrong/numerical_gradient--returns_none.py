def numerical_gradient(loss, array, eps=1e-5):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        gradient[index] = loss(array)
