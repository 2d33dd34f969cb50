import copy
import numpy as np

def gradient_highway(fs):
    out = np.empty(fs.shape)
    running = np.ones(fs.shape[1:])
    for k in reversed(range(len(fs))):
        out[k] = running
        running *= fs[k]
    return out

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    params, state = copy.deepcopy(params), copy.deepcopy(state)  # then everything may be changed in place
    if not state:
        state = [0, {}, {}]
    state[0] += 1
    t, m, v = state
    for k, p in params.items():
        m.setdefault(k, np.zeros(p.shape))
        v.setdefault(k, np.zeros(p.shape))
        m[k] *= beta1
        m[k] += (1 - beta1) * grads[k]
        v[k] *= beta2
        v[k] += (1 - beta2) * grads[k] * grads[k]
        p -= lr * (m[k] / (1 - beta1**t)) / (np.sqrt(v[k] / (1 - beta2**t)) + eps)
    return params, state
