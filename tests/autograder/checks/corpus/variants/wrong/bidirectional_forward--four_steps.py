right = bidirectional_forward
def bidirectional_forward(xs, params_forward, params_backward):
    return right(xs[:4], params_forward, params_backward)
