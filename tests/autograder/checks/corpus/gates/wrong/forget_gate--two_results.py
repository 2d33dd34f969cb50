def forget_gate(h_prev, x, W_f, b_f):
    z = np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f
    return _sigma(z), z
