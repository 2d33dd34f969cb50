right = stacked_forward
def stacked_forward(xs, layers):
    hs = right(xs, layers)
    if hs.shape == xs.shape:
        xs[...] = hs
    return hs
