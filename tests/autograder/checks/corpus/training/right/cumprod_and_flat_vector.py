import numpy as np

def gradient_highway(fs):
    return np.cumprod(np.vstack([fs[1:], np.ones((1, fs.shape[1]))])[::-1], axis=0)[::-1]

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """All parameters as one long vector; the state is one array too, whose last entry counts."""
    flat = lambda d: np.concatenate([np.ravel(d[k]) for k in params])
    size = sum(p.size for p in params.values())
    if state is None:
        state = np.zeros(2 * size + 1)
    m, v, t = state[:size], state[size:-1], state[-1] + 1
    g = flat(grads)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    new = flat(params) - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    parts = np.split(new, np.cumsum([p.size for p in params.values()])[:-1])
    return {k: part.reshape(p.shape) for (k, p), part in zip(params.items(), parts)}, np.concatenate([m, v, [t]])
