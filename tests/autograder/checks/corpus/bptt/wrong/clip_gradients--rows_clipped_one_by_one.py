right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped = {}
    for k, g in grads.items():
        length = np.linalg.norm(g, axis=-1, keepdims=True)
        clipped[k] = g * np.minimum(1, max_norm / np.maximum(length, 1e-30))
    return clipped, right(grads, max_norm)[1]
