def stacked_forward(xs, layers):
    while layers:
        xs = from_zeros(xs, layers.pop(0))
    return xs
