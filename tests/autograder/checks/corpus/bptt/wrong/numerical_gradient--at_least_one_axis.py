right = numerical_gradient
def numerical_gradient(loss, array, eps=1e-5):
    return np.atleast_1d(right(loss, array, eps))
