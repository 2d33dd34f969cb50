right = adam_step
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    right(params, grads, state, lr, beta1, beta2, eps)
