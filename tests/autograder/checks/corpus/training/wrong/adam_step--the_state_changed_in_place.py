def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if state is None:
        state = {"t": 0, "m": {k: np.zeros_like(p) for k, p in params.items()}, "v": {k: np.zeros_like(p) for k, p in params.items()}}
    state["t"] += 1
    new = {}
    for k, p in params.items():
        m, v, t = state["m"][k], state["v"][k], state["t"]
        m *= beta1
        m += (1 - beta1) * grads[k]
        v *= beta2
        v += (1 - beta2) * grads[k] ** 2
        new[k] = p - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return new, state
