right = stacked_forward
def stacked_forward(xs, layers):
    return right(xs, layers[:2])
