right = adam_step
def adam_step(params, grads, state, beta1=0.9, beta2=0.999, lr=1e-3, eps=1e-8):
    return right(params, grads, state, lr, beta1, beta2, eps)
