def candidate(h_prev, x, W_c, b_c):
    e = np.exp(2 * (np.concatenate([h_prev, x], axis=-1) @ W_c.T + b_c))
    return (e - 1) / (e + 1)
