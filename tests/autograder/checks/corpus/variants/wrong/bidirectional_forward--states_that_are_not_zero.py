def bidirectional_forward(xs, params_forward, params_backward):
    ones = np.ones(xs.shape[1:-1] + params_forward["b_f"].shape)
    back = lstm_forward(xs[::-1], ones, ones, params_backward)[::-1]
    return np.concatenate([lstm_forward(xs, ones, ones, params_forward), back], axis=-1)
