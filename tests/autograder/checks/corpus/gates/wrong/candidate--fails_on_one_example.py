def candidate(h_prev, x, W_c, b_c):
    B, n = h_prev.shape
    return np.tanh(np.concatenate([h_prev, x], axis=-1) @ W_c.T + b_c)
