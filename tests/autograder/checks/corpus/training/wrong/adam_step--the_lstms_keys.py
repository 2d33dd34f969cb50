right = adam_step
KEYS = [f"{w}_{k}" for k in "fico" for w in "Wb"]
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    return right({k: params[k] for k in KEYS}, {k: grads[k] for k in KEYS}, state, lr, beta1, beta2, eps)
