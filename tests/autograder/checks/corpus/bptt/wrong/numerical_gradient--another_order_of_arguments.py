right = numerical_gradient
def numerical_gradient(array, loss, eps=1e-5):
    return right(loss, array, eps)
