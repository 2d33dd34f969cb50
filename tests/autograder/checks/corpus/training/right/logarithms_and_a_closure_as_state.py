import numpy as np

def gradient_highway(fs):
    with np.errstate(divide="ignore"):
        logs = np.log(np.append(fs[1:], np.ones_like(fs[:1]), axis=0))
    return np.exp(np.flip(np.cumsum(np.flip(logs, 0), axis=0), 0))

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    history = [] if state is None else state()
    history = history + [{k: np.array(g) for k, g in grads.items()}]
    T = len(history)
    new = {}
    for k, p in params.items():  # the averages, summed up from all gradients so far
        m = sum((1 - beta1) * beta1 ** (T - s) * g[k] for s, g in enumerate(history, 1))
        v = sum((1 - beta2) * beta2 ** (T - s) * g[k] ** 2 for s, g in enumerate(history, 1))
        new[k] = p - lr * (m / (1 - beta1**T)) / (np.sqrt(v / (1 - beta2**T)) + eps)
    return new, lambda: history
