right = stacked_forward
def stacked_forward(xs, layers):
    T, m = xs.shape
    return right(xs, layers)
