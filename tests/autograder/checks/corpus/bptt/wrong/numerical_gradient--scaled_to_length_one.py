right = numerical_gradient
def numerical_gradient(loss, array, eps=1e-5):
    gradient = right(loss, array, eps)
    return gradient / np.linalg.norm(gradient)
