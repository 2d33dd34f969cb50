right = bidirectional_forward
def bidirectional_forward(xs, params_forward, params_backward):
    return right(xs.swapaxes(0, 1), params_forward, params_backward).swapaxes(0, 1)
