right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped, norm = right(grads, max_norm)
    return ({k: g * 0.999 for k, g in clipped.items()} if norm > max_norm else clipped), norm
