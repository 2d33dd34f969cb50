right = clip_gradients
def clip_gradients(grads, max_norm):
    return right({k: grads[k] for k in ("W_f", "b_f", "W_i", "b_i", "W_c", "b_c", "W_o", "b_o")}, max_norm)
