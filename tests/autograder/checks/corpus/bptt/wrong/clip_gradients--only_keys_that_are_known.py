right = clip_gradients
def clip_gradients(grads, max_norm):
    return right({k: g for k, g in grads.items() if k[:2] in ("W_", "b_")}, max_norm)
