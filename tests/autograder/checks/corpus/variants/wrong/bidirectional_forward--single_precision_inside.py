right = bidirectional_forward
def bidirectional_forward(xs, params_forward, params_backward):
    f4 = lambda p: {k: v.astype(np.float32) for k, v in p.items()}
    return right(xs.astype(np.float32), f4(params_forward), f4(params_backward)).astype(float)
