def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t, m, v = state or (0, dict.fromkeys(params, 0.0), dict.fromkeys(params, 0.0))
    t += 1
    m = {k: beta1 * m[k] + (1 - beta1) * grads[k] for k in params}
    v = {k: beta2 * v[k] + (1 - beta2) * grads[k] ** 2 for k in params}
    for k in params:
        params[k] -= lr * m[k] / (1 - beta1**t) / (np.sqrt(v[k] / (1 - beta2**t)) + eps)
    return params, (t, m, v)
