def forget_gate(h_prev, x, W_f, b_f):
    return np.full(h_prev.shape, 0.5)
