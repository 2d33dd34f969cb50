right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped, norm = right(grads, max_norm)
    return list(clipped.values()), norm
