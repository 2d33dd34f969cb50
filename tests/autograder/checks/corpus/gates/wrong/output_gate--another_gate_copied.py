def output_gate(h_prev, x, W_o, b_o):
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f)
