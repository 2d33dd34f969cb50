import numpy as np
from dataclasses import dataclass, field, replace

def gradient_highway(fs):
    T = fs.shape[0]
    later = np.arange(T)[None, :] > np.arange(T)[:, None]  # (k, t): is step t later than k?
    return np.where(later[:, :, None], fs[None], 1.0).prod(axis=1)

@dataclass(frozen=True)
class Moments:
    t: int = 0
    first: dict = field(default_factory=dict)
    second: dict = field(default_factory=dict)

    def __bool__(self):
        raise TypeError("is it None? ask so")

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    s = Moments() if state is None else state
    s = replace(
        s,
        t=s.t + 1,
        first={k: beta1 * s.first.get(k, 0.0) + (1 - beta1) * g for k, g in grads.items()},
        second={k: beta2 * s.second.get(k, 0.0) + (1 - beta2) * np.square(g) for k, g in grads.items()},
    )
    hat = lambda average, beta: average / (1 - beta**s.t)
    return {k: p - lr * hat(s.first[k], beta1) / (np.sqrt(hat(s.second[k], beta2)) + eps) for k, p in params.items()}, s
