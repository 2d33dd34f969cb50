right = gradient_highway
def gradient_highway(fs):
    return dict(enumerate(right(fs)))
