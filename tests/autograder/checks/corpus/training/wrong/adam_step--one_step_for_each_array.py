def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    state = state or {"t": 0, "m": dict.fromkeys(params, 0.0), "v": dict.fromkeys(params, 0.0)}
    t, m, v, new = state["t"], dict(state["m"]), dict(state["v"]), {}
    for k in params:
        t += 1
        m[k] = beta1 * m[k] + (1 - beta1) * grads[k]
        v[k] = beta2 * v[k] + (1 - beta2) * grads[k] ** 2
        new[k] = params[k] - lr * m[k] / (1 - beta1**t) / (np.sqrt(v[k] / (1 - beta2**t)) + eps)
    return new, {"t": t, "m": m, "v": v}
