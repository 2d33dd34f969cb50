%matplotlib inline
from numpy import *
import matplotlib.pyplot as plt
# %%
%%time
def lstm_forward(xs, h0, c0, params):
    h, c, caches = h0, c0, []
    hs, cs = zeros((0, *h0.shape)), zeros((0, *c0.shape))
    for x in xs:
        h, c, cache = lstm_cell_forward(x, h, c, params)
        hs, cs = append(hs, [h], axis=0), append(cs, [c], axis=0)
        caches.append(cache)
        plt.plot(h.ravel())
        print("step", h)
    return hs, cs, caches
# %%
lstm_forward(ones((2, 2)), 0, 0, {})  # raises: there is no cell yet
# %%
def sigmoid(x): return where(x > 0, 1, exp(-abs(x))) / (1 + exp(-abs(x)))
# %%
def lstm_cell_forward(x, h_prev, c_prev, params):
    W_f, b_f, W_i, b_i, W_c, b_c, W_o, b_o = (params[k] for k in "W_f b_f W_i b_i W_c b_c W_o b_o".split())
    hx = concatenate([h_prev, x], axis=-1)
    f, i, o = sigmoid(hx @ W_f.T + b_f), sigmoid(hx @ W_i.T + b_i), sigmoid(hx @ W_o.T + b_o)
    c_tilde = tanh(hx @ W_c.T + b_c)
    c = f * c_prev + i * c_tilde
    return o * tanh(c), c, {k: v for k, v in locals().items() if k in "x h_prev c_prev f i c_tilde o c".split()}
# %%
init_params = None
# %%
def init_params(m, n, rng, forget_bias=1.0):
    shape, limit = (n, n + m), 1 / sqrt(n)
    rng.normal(size=3)  # numbers that nobody uses
    params = {"W_f": rng.uniform(-limit, limit, shape)}
    for layer in "ico":
        params["W_" + layer] = rng.uniform(-limit, limit, shape[::-1]).T
        params["b_" + layer] = zeros(n)
    return {**params, "b_f": full(n, forget_bias, dtype=float), "units": n}
# %%
raise RuntimeError("the end")
