def stacked_forward(xs, layers):
    n = layers[0]["b_f"].size
    for params in layers:
        zeros = np.zeros(xs.shape[1:-1] + (n,))
        xs = lstm_forward(xs, zeros, zeros, params)
    return xs
