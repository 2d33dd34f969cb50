W = np.random.default_rng(0).normal(size=(3, 5))
def forget_gate(h_prev, x, W_f, b_f):
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W.T + b_f)
