def input_gate(h_prev, x, W_i, b_i):
    z = np.concatenate([h_prev, x], axis=-1).astype(np.float32) @ W_i.T.astype(np.float32) + b_i
    return _sigma(z)
