def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t, m, v = state or (0, dict.fromkeys(params, 0.0), dict.fromkeys(params, 0.0))
    t += 1
    m = {k: beta1 * m[k] + (1 - beta1) * grads[k] for k in params}
    v = {k: beta2 * v[k] + (1 - beta2) * grads[k] ** 2 for k in params}
    new = {}
    for k in params:
        m_hat, v_hat = m[k] / (1 - beta1**t), v[k] / (1 - beta2**t)
        new[k] = params[k] - lr * m_hat / (v_hat / np.sqrt(v_hat) + eps)
    return new, (t, m, v)
