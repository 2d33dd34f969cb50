def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    if norm > max_norm:
        for k in grads:
            grads[k] = grads[k] * max_norm / norm
    return grads, norm
