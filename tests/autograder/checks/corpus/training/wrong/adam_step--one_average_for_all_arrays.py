def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t, m, v = state or (0, 0.0, 0.0)
    t, new = t + 1, {}
    for k in params:
        m = beta1 * np.mean(m) + (1 - beta1) * grads[k]
        v = beta2 * np.mean(v) + (1 - beta2) * grads[k] ** 2
        new[k] = params[k] - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return new, (t, m, v)
