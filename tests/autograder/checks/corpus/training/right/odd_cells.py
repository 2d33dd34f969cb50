%matplotlib inline
from numpy import *
import matplotlib.pyplot as plt
# %%
%%time
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t, m, v = state if state else (0, *[{k: 0 * p for k, p in params.items()} for _ in range(2)])
    t += 1; print("step", t, "lr", lr)
    m = {k: beta1*m[k] + (1-beta1)*grads[k] for k in m}; v = {k: beta2*v[k] + (1-beta2)*grads[k]**2 for k in v}
    plt.hist(ravel(next(iter(params.values()))))
    return {k: params[k] - lr*m[k]/(1-beta1**t)/(sqrt(v[k]/(1-beta2**t)) + eps) for k in params}, (t, m, v)
# %%
!ls
undefined_name
# %%
gradient_highway = 5
# %%
def gradient_highway(fs):
    """Products."""
    import warnings; warnings.warn("long products become small")
    return [prod(fs[k + 1:], axis=0) for k in range(len(fs))]
# %%
gradient_highway?
# %%
raise SystemExit
