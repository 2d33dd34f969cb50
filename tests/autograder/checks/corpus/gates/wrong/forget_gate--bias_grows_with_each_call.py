calls = 0
def forget_gate(h_prev, x, W_f, b_f):
    global calls
    calls += 1
    return _sigma(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f + 0.01 * (calls - 1))
