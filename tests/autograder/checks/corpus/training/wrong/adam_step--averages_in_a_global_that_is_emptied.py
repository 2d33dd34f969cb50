m, v, steps = {}, {}, [0]
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if state is None:
        m.clear(), v.clear()
        steps[0] = 0
    steps[0] += 1
    new, t = {}, steps[0]
    for k, p in params.items():
        if np.shape(m.get(k, p)) != p.shape:
            m.pop(k), v.pop(k)
        m[k] = beta1 * m.get(k, 0.0) + (1 - beta1) * grads[k]
        v[k] = beta2 * v.get(k, 0.0) + (1 - beta2) * grads[k] ** 2
        new[k] = p - lr * m[k] / (1 - beta1**t) / (np.sqrt(v[k] / (1 - beta2**t)) + eps)
    return new, "see above"
