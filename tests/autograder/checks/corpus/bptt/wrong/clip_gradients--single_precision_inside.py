right = clip_gradients
def clip_gradients(grads, max_norm):
    clipped, norm = right({k: g.astype(np.float32) for k, g in grads.items()}, np.float32(max_norm))
    return {k: g.astype(float) for k, g in clipped.items()}, float(norm)
