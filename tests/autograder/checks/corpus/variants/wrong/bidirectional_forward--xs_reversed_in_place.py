right = bidirectional_forward
def bidirectional_forward(xs, params_forward, params_backward):
    results = right(xs, params_forward, params_backward)
    xs[:] = xs[::-1].copy()
    return results
