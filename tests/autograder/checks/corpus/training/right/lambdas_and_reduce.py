import numpy as np
from functools import reduce
from itertools import accumulate
from operator import mul
from types import SimpleNamespace

gradient_highway = lambda fs: np.array(list(accumulate(fs[:0:-1], mul, initial=np.ones(fs.shape[1])))[::-1])

adam_step = lambda params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8: (
    lambda s: (
        {k: params[k] - lr * s.m[k] / (1 - beta1**s.t) / ((s.v[k] / (1 - beta2**s.t)) ** 0.5 + eps) for k in params},
        s,
    )
)(
    SimpleNamespace(
        t=state.t + 1 if state else 1,
        m={k: (beta1 * state.m[k] if state else 0) + (1 - beta1) * grads[k] for k in params},
        v={k: (beta2 * state.v[k] if state else 0) + (1 - beta2) * grads[k] ** 2 for k in params},
    )
)
