def forget_gate(x, h_prev, W_f, b_f):
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f)
