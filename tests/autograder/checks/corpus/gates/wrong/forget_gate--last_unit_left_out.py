def forget_gate(h_prev, x, W_f, b_f):
    z = np.concatenate([h_prev, x], axis=-1)
    f = np.zeros(h_prev.shape)
    for k in range(len(b_f) - 1):
        f[..., k] = _sigma(z @ W_f[k] + b_f[k])
    return f
