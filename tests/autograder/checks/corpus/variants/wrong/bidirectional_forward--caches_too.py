right = bidirectional_forward
def bidirectional_forward(xs, params_forward, params_backward):
    return right(xs, params_forward, params_backward), []
