def stacked_forward(xs, layers):
    state = None
    for params in layers:
        zeros = np.zeros(xs.shape[1:-1] + params["b_f"].shape)
        h = state if state is not None and state.shape == zeros.shape else zeros
        xs = lstm_forward(xs, h, zeros, params)
        state = xs[-1]
    return xs
