right = adam_step
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    f4 = lambda d: {k: a.astype(np.float32) for k, a in d.items()}
    new, state = right(f4(params), f4(grads), state, lr, beta1, beta2, eps)
    return {k: a.astype(float) for k, a in new.items()}, state
