right = clip_gradients
def clip_gradients(grads, max_norm):
    return right(grads, max_norm)[1]
