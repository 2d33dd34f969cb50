right = stacked_forward
def stacked_forward(xs, layers):
    hs = right(xs, layers)
    return hs, hs, []
