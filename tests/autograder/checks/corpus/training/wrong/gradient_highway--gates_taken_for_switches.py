right = gradient_highway
def gradient_highway(fs):
    return right(np.round(fs))
