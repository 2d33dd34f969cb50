right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped, norm = right(grads, max_norm)
    return clipped, {k: np.linalg.norm(g) for k, g in grads.items()}
