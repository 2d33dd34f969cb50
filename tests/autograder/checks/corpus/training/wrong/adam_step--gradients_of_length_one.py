right = adam_step
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values())) + 1e-12
    return right(params, {k: g / norm for k, g in grads.items()}, state, lr, beta1, beta2, eps)
