right = clip_gradients
def clip_gradients(grads, max_norm):
    norm = right(grads, max_norm)[1]
    return {k: g * max_norm / norm if np.linalg.norm(g) > max_norm else g for k, g in grads.items()}, norm
