right = gradient_highway
def gradient_highway(fs):
    fs[:] = right(fs)
    return fs
