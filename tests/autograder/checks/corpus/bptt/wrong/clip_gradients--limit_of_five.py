right = clip_gradients
def clip_gradients(grads, max_norm=5.0):
    return right(grads, 5.0)
