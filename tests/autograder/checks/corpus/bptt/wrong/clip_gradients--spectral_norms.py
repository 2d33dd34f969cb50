def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(np.linalg.norm(g.reshape(len(g), -1), 2) ** 2 for g in grads.values()))
    return ({k: g * max_norm / norm for k, g in grads.items()} if norm > max_norm else grads), norm
