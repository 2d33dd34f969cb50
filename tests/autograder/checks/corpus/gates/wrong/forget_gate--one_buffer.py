buffers = {}
def forget_gate(h_prev, x, W_f, b_f):
    out = buffers.setdefault(h_prev.shape, np.empty(h_prev.shape))
    out[:] = _sigma(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f)
    return out
