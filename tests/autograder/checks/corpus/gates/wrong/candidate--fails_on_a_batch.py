def candidate(h_prev, x, W_c, b_c):
    return np.array([np.tanh(float(W_c[k] @ np.concatenate([h_prev, x])) + b_c[k]) for k in range(len(h_prev))])
