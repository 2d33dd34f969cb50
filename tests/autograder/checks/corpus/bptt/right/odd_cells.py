%matplotlib inline
from numpy import *
import matplotlib.pyplot as plt
# %%
%%time
def lstm_backward(dhs, caches, params):
    dxs, dh, dc, grads = [], 0, zeros_like(dhs[0]), {}
    for t in range(len(caches) - 1, -1, -1):
        dx, dh, dc, g = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        for k in g: grads[k] = g[k] if k not in grads else grads[k] + g[k]
        print("step", t, "norm", linalg.norm(dh))
    plt.plot(ravel(dxs)); plt.show()
    return flip(stack(dxs), 0), dh, dc, grads
# %%
lstm_backward(zeros((2, 3)), [], {})  # raises: there is no cell yet
# %%
!echo "hello"
clip_gradients = None
# %%
def σ_prime(y): return y * (1 - y)
def lstm_cell_backward(dh, dc, cache, params):
    globals().update(last_cache=cache)
    x, h_prev, c_prev, f, i, c̃, o, c = (cache[k] for k in "x h_prev c_prev f i c_tilde o c".split())
    δc = dc + dh * o * (1 - tanh(c)**2); δ = dict(f=δc * c_prev * σ_prime(f), i=δc * c̃ * σ_prime(i), c=δc * i * (1 - c̃**2), o=dh * tanh(c) * σ_prime(o))
    hx = concatenate([h_prev, x], axis=-1)
    dhx = sum([δ[k] @ params["W_" + k] for k in δ], axis=0)
    return dhx[..., f.shape[-1]:], dhx[..., :f.shape[-1]], δc * f, {**{"W_" + k: (outer(δ[k], hx) if dh.ndim == 1 else δ[k].T @ hx) for k in δ}, **{"b_" + k: (δ[k] if dh.ndim == 1 else sum(δ[k], axis=0)) for k in δ}}
# %%
1 / 0
# %%
def numerical_gradient(loss, array, eps=1e-5):
    import warnings; warnings.warn("this takes a while")
    g = zeros(array.shape)
    with nditer(array, flags=["multi_index"]) as it:
        for v in it:
            e = zeros(array.shape); e[it.multi_index] = eps
            g[it.multi_index] = (loss(array + e) - loss(array - e)) / (2 * eps)
    return g
# %%
def clip_gradients(grads, max_norm):
    with errstate(all="ignore"):
        n = sqrt(sum([sum(g**2) for g in grads.values()]))
        return {k: where(n > max_norm, g / n * max_norm, g) for k, g in grads.items()}, n
