right = gradient_highway
def gradient_highway(fs):
    return right(fs.astype("float32"))
