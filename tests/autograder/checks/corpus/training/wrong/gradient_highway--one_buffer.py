right, buffers = gradient_highway, {}
def gradient_highway(fs):
    buffer = buffers.setdefault(fs.shape, np.empty(fs.shape))
    buffer[:] = right(fs)
    return buffer
