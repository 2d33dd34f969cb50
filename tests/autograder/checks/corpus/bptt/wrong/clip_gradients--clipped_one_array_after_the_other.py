def clip_gradients(grads, max_norm):
    clipped, squares = {}, 0
    for k, g in grads.items():
        squares = squares + np.sum(g**2)
        norm = np.sqrt(squares)
        clipped[k] = g * max_norm / norm if norm > max_norm else g
    return clipped, norm
