right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped, norm = right(grads, max_norm)
    assert norm <= max_norm, "too long"
    return clipped, norm
