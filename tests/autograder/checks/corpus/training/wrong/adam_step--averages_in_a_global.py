m, v, t = {}, {}, 0
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    global t
    t += 1
    new = {}
    for k, p in params.items():
        if np.shape(m.get(k)) != p.shape:
            m[k], v[k] = np.zeros_like(p), np.zeros_like(p)
        m[k] = beta1 * m[k] + (1 - beta1) * grads[k]
        v[k] = beta2 * v[k] + (1 - beta2) * grads[k] ** 2
        new[k] = p - lr * m[k] / (1 - beta1**t) / (np.sqrt(v[k] / (1 - beta2**t)) + eps)
    return new, t
