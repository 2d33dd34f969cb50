def stacked_forward(xs, layers):
    for params in layers:
        xs = from_zeros(xs, params)[-1:]
    return xs
