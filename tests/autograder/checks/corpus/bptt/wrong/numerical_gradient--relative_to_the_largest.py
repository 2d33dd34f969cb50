right = numerical_gradient
def numerical_gradient(loss, array, eps=1e-5):
    return right(loss, array, eps * max(1.0, np.abs(array).max()))
