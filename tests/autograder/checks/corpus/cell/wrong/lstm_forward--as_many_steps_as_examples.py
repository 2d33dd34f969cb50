forward = lstm_forward


def lstm_forward(xs, h0, c0, params):
    if xs.shape[0] == len(h0):  # taken for batch first
        xs = np.swapaxes(xs, 0, 1) if xs.ndim == 3 else xs
    return forward(xs, h0, c0, params)
