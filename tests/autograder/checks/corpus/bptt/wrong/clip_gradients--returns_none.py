right = clip_gradients
def clip_gradients(grads, max_norm):
    right(grads, max_norm)
