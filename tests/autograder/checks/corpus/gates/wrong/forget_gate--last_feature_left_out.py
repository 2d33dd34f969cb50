def forget_gate(h_prev, x, W_f, b_f):
    z = np.concatenate([h_prev, x], axis=-1)
    return _sigma(z[..., :-1] @ W_f[:, :-1].T + b_f)
