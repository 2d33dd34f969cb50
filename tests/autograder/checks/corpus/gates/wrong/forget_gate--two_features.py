def forget_gate(h_prev, x, W_f, b_f):
    return _sigma(h_prev @ W_f[:, :-2].T + x @ W_f[:, -2:].T + b_f)
