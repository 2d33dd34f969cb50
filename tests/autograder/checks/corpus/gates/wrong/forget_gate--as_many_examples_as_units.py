def forget_gate(h_prev, x, W_f, b_f):
    if len(h_prev) == len(b_f):  # taken for one example
        return sigmoid(W_f @ np.concatenate([h_prev, x]) + b_f)
    return sigmoid(np.concatenate([h_prev, x], axis=1) @ W_f.T + b_f)
