def input_gate(h_prev, x, W_i, b_i):
    z = np.atleast_2d(np.concatenate([h_prev, x], axis=-1))
    i = sigmoid(z @ W_i.T + b_i)
    return i.squeeze() if h_prev.ndim == 1 else i
