def input_gate(h_prev, x, W_i, b_i):
    return {"i": _sigma(np.concatenate([h_prev, x], axis=-1) @ W_i.T + b_i)}
