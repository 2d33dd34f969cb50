right = clip_gradients
def clip_gradients(grads, max_norm):
    norm = right(grads, max_norm)[1]
    return {k: g * max_norm / (norm + max_norm) for k, g in grads.items()}, norm
