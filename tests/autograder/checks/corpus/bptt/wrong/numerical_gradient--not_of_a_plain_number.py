right = numerical_gradient
def numerical_gradient(loss, array, eps=1e-5):
    return right(loss, array, eps) if array.ndim else np.zeros(1)
