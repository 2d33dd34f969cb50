right = bidirectional_forward
def bidirectional_forward(xs, params_forward, params_backward):
    hs = right(xs, params_forward, params_backward)
