%matplotlib inline
from numpy import *
import matplotlib.pyplot as plt
# %%
%%time
def stacked_forward(xs, layers):
    for k, p in enumerate(layers): xs = lstm(xs, p); print("layer", k, xs.shape); plt.plot(ravel(xs))
    return xs
# %%
stacked_forward(ones((2, 2)), [{}])
# %%
def σ(z): return 1/(1 + exp(-z))
def lstm(xs, p):
    h = c = zeros((*xs.shape[1:-1], p["b_f"].size)); hs = zeros((0, *h.shape))
    for x in xs:
        v = concatenate([h, x], axis=-1)
        c = σ(v @ p["W_f"].T + p["b_f"])*c + σ(v @ p["W_i"].T + p["b_i"])*tanh(v @ p["W_c"].T + p["b_c"])
        h = σ(v @ p["W_o"].T + p["b_o"])*tanh(c)
        hs = vstack([hs, h[None]])
    return hs
# %%
bidirectional_forward = lambda *_: None
# %%
def bidirectional_forward(xs, params_forward, params_backward):
    return concatenate([lstm(xs, params_forward), flipud(lstm(flipud(xs), params_backward))], axis=-1)
# %%
!echo "the cells"
def peephole_cell_forward(x, h_prev, c_prev, params):
    globals().update(params); v = concatenate([h_prev, x], axis=-1)
    f = σ(v @ W_f.T + b_f + p_f*c_prev); i = σ(v @ W_i.T + b_i + p_i*c_prev); c_tilde = tanh(v @ W_c.T + b_c)
    c = f*c_prev + i*c_tilde; o = σ(v @ W_o.T + b_o + p_o*c)
    return [o*tanh(c), c, {"x": x, "h_prev": h_prev, "c_prev": c_prev, "f": f, "i": i, "c_tilde": c_tilde, "o": o, "c": c, 0: "extra"}]
def gru_cell_forward(x, h_prev, params):
    g = {}; exec("from numpy import *", g); g |= params | {"x": x, "h": h_prev, "σ": σ}
    exec("v = concatenate([h, x], axis=-1); z = σ(v @ W_z.T + b_z); r = σ(v @ W_r.T + b_r); t = tanh(concatenate([r*h, x], axis=-1) @ W_h.T + b_h); new = (1 - z)*t + z*h", g)
    return g["new"], {"x": x, "h_prev": h_prev, "z": g["z"], "r": g["r"], "h_tilde": g["t"]}
# %%
assert False, "a scratch cell"
# %%
def gru_cell_backward(dh, cache, params):
    x, h, z, r, t = [cache[k] for k in ["x", "h_prev", "z", "r", "h_tilde"]]; n = h.shape[-1]
    δh = dh*(1 - z)*(1 - t**2); s = (δh @ params["W_h"])
    δz = dh*(h - t)*z*(1 - z); δr = s[..., :n]*h*r*(1 - r)
    v = δz @ params["W_z"] + δr @ params["W_r"]
    grads = {}
    for k, δ, y in [("z", δz, h), ("r", δr, h), ("h", δh, r*h)]:
        grads["W_" + k] = atleast_2d(δ).T @ atleast_2d(concatenate([y, x], axis=-1)); grads["b_" + k] = atleast_2d(δ).sum(0)
    return s[..., n:] + v[..., n:], dh*z + s[..., :n]*r + v[..., :n], grads
# %%
def peephole_cell_backward(dh, dc, cache, params):
    import warnings; warnings.warn("look out")
    c, n = cache, dh.shape[-1]; t = tanh(c["c"])
    δ = {"o": dh*t*c["o"]*(1 - c["o"])}; dc = dc + dh*c["o"]*(1 - t**2) + params["p_o"]*δ["o"]
    δ["f"] = dc*c["c_prev"]*c["f"]*(1 - c["f"]); δ["i"] = dc*c["c_tilde"]*c["i"]*(1 - c["i"]); δ["c"] = dc*c["i"]*(1 - c["c_tilde"]**2)
    v = atleast_2d(concatenate([c["h_prev"], c["x"]], axis=-1)); grads = {}
    for k in δ: grads["W_" + k] = atleast_2d(δ[k]).T @ v; grads["b_" + k] = atleast_2d(δ[k]).sum(0)
    for k, y in {"f": "c_prev", "i": "c_prev", "o": "c"}.items(): grads["p_" + k] = atleast_2d(δ[k]*c[y]).sum(0)
    w = sum([δ[k] @ params["W_" + k] for k in δ], axis=0)
    return w[..., n:], w[..., :n], dc*c["f"] + params["p_f"]*δ["f"] + params["p_i"]*δ["i"], grads
