def bidirectional_forward(xs, params_forward, params_backward):
    there, back = list(from_zeros(xs, params_forward)), list(from_zeros(xs[::-1], params_backward))
    back = back.reverse()
    return np.concatenate([there, back], axis=-1)
