def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    return {k: g / norm * min(norm, max_norm) for k, g in grads.items()}, norm
