right = adam_step
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    new, state = right(params, grads, state, lr, beta1, beta2, eps)
    return {k: np.atleast_2d(a) for k, a in new.items()}, state
