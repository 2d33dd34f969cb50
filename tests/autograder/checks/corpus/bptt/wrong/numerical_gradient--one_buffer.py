right, buffers = numerical_gradient, {}
def numerical_gradient(loss, array, eps=1e-5):
    buffer = buffers.setdefault(array.shape, np.zeros(array.shape))
    buffer[...] = right(loss, array, eps)
    return buffer
