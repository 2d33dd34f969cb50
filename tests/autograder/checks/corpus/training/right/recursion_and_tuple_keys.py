import numpy as np

def gradient_highway(fs):
    if len(fs) == 1:
        return np.ones_like(fs)
    rest = gradient_highway(fs[1:])
    return np.concatenate([fs[1:2] * rest[:1], rest])

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    state = state or {}
    t = state.get("t", 0) + 1
    after, out = {"t": t}, {}
    for k, g in grads.items():
        after["m", k] = g + beta1 * (state.get(("m", k), 0.0) - g)
        after["v", k] = g**2 + beta2 * (state.get(("v", k), 0.0) - g**2)
        first, second = after["m", k] / (1 - beta1**t), after["v", k] / (1 - beta2**t)
        out[k] = params[k] - np.divide(lr * first, np.add(np.sqrt(second), eps))
    return out, after
