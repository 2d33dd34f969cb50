right = stacked_forward
def stacked_forward(xs, layers):
    T, B, m = xs.shape
    return right(xs, layers)
