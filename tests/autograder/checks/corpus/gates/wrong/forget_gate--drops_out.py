def forget_gate(h_prev, x, W_f, b_f):
    f = _sigma(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f)
    return f * (np.random.random(f.shape) > 0.1)
