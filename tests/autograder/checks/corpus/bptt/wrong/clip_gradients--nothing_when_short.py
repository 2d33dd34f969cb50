right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped, norm = right(grads, max_norm)
    if norm > max_norm:
        return clipped, norm
