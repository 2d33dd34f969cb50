right = adam_step
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = 1 if state is None else state["t"] + 1
    return right(params, grads, state, lr * min(1, t / 3), beta1, beta2, eps)
