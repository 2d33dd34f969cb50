import math
import numpy

def sig(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z)) if z > -700 else 0.0

def layer(W, b, v):
    return [sum(w * a for w, a in zip(row, v)) + k for row, k in zip(W, b)]

def lists(d):
    return {k: v.tolist() for k, v in d.items()}

def batched(one):
    """A function of single examples, for a batch too: the rows one after the other."""
    def both(*args):
        *states, params = args
        params = lists(params)
        if states[0].ndim == 1:
            return one(*(s.tolist() for s in states), params)
        results = [one(*(s[b].tolist() for s in states), params) for b in range(len(states[0]))]
        *outs, caches = zip(*results)
        return *map(list, outs), {k: [c[k] for c in caches] for k in caches[0]}
    return both

@batched
def peephole_cell_forward(x, h, c, p):
    v = h + x
    f = [sig(z + q * s) for z, q, s in zip(layer(p["W_f"], p["b_f"], v), p["p_f"], c)]
    i = [sig(z + q * s) for z, q, s in zip(layer(p["W_i"], p["b_i"], v), p["p_i"], c)]
    g = [math.tanh(z) for z in layer(p["W_c"], p["b_c"], v)]
    new = [a * s + b * d for a, s, b, d in zip(f, c, i, g)]
    o = [sig(z + q * s) for z, q, s in zip(layer(p["W_o"], p["b_o"], v), p["p_o"], new)]
    return [a * math.tanh(s) for a, s in zip(o, new)], new, dict(x=x, h_prev=h, c_prev=c, f=f, i=i, c_tilde=g, o=o, c=new)

@batched
def gru_cell_forward(x, h, p):
    z, r = ([sig(a) for a in layer(p["W_" + k], p["b_" + k], h + x)] for k in "zr")
    g = [math.tanh(a) for a in layer(p["W_h"], p["b_h"], [a * b for a, b in zip(r, h)] + x)]
    return [(1 - a) * b + a * c for a, b, c in zip(z, g, h)], dict(x=x, h_prev=h, z=z, r=r, h_tilde=g)

def lstm(xs, p):
    """One sequence, as lists."""
    n = len(p["b_f"])
    h, c, hs = [0.0] * n, [0.0] * n, []
    for x in xs:
        f, i, g, o = (layer(p["W_" + k], p["b_" + k], h + x) for k in "fico")
        c = [sig(a) * s + sig(b) * math.tanh(d) for a, s, b, d in zip(f, c, i, g)]
        h = [sig(a) * math.tanh(s) for a, s in zip(o, c)]
        hs.append(h)
    return hs

def each_sequence(run, xs):
    if xs.ndim == 2:
        return run(xs.tolist())
    per_sequence = [run(xs[:, b].tolist()) for b in range(xs.shape[1])]
    return [list(step) for step in zip(*per_sequence)]

def bidirectional_forward(xs, params_forward, params_backward):
    one, other = lists(params_forward), lists(params_backward)
    return each_sequence(lambda xs: [a + b for a, b in zip(lstm(xs, one), lstm(xs[::-1], other)[::-1])], xs)

def stacked_forward(xs, layers):
    layers = [lists(p) for p in layers]
    def run(xs):
        for p in layers:
            xs = lstm(xs, p)
        return xs
    return each_sequence(run, xs)

def times(dz, W):
    return [sum(d * row[j] for d, row in zip(dz, W)) for j in range(len(W[0]))]

def over_the_batch(one):
    def both(*args):
        *upstream, cache, params = args
        params = lists(params)
        if upstream[0].ndim == 1:
            *states, grads = one(*(u.tolist() for u in upstream), lists(cache), params)
            return *states, {k: numpy.array(g) for k, g in grads.items()}
        results = [one(*(u[b].tolist() for u in upstream), {k: v[b].tolist() for k, v in cache.items()}, params)
                   for b in range(len(upstream[0]))]
        *states, grads = zip(*results)
        return *map(list, states), {k: sum(numpy.array(g[k]) for g in grads) for k in grads[0]}
    return both

def outer(a, b):
    return [[p * q for q in b] for p in a]

@over_the_batch
def gru_cell_backward(dh, s, p):
    n, x, h = len(dh), s["x"], s["h_prev"]
    a = [d * (1 - z) * (1 - g * g) for d, z, g in zip(dh, s["z"], s["h_tilde"])]
    back = times(a, p["W_h"])
    dz = [d * (q - g) * z * (1 - z) for d, q, g, z in zip(dh, h, s["h_tilde"], s["z"])]
    dr = [d * q * r * (1 - r) for d, q, r in zip(back, h, s["r"])]
    bz, br = times(dz, p["W_z"]), times(dr, p["W_r"])
    dhp = [d * z + b * r + u + v for d, z, b, r, u, v in zip(dh, s["z"], back, s["r"], bz, br)]
    dx = [u + v + w for u, v, w in zip(back[n:], bz[n:], br[n:])]
    rh = [r * q for r, q in zip(s["r"], h)]
    return dx, dhp, {"W_z": outer(dz, h + x), "W_r": outer(dr, h + x), "W_h": outer(a, rh + x), "b_z": dz, "b_r": dr, "b_h": a}

@over_the_batch
def peephole_cell_backward(dh, dc, s, p):
    n = len(dh)
    t = [math.tanh(c) for c in s["c"]]
    o = [d * k * g * (1 - g) for d, k, g in zip(dh, t, s["o"])]
    d = [dc[k] + dh[k] * s["o"][k] * (1 - t[k] ** 2) + p["p_o"][k] * o[k] for k in range(n)]
    f = [d[k] * s["c_prev"][k] * s["f"][k] * (1 - s["f"][k]) for k in range(n)]
    i = [d[k] * s["c_tilde"][k] * s["i"][k] * (1 - s["i"][k]) for k in range(n)]
    c = [d[k] * s["i"][k] * (1 - s["c_tilde"][k] ** 2) for k in range(n)]
    dz, hx = dict(f=f, i=i, c=c, o=o), s["h_prev"] + s["x"]
    roads = [times(dz[k], p["W_" + k]) for k in dz]
    dhx = [sum(parts) for parts in zip(*roads)]
    grads = {"W_" + k: outer(dz[k], hx) for k in dz} | {"b_" + k: dz[k] for k in dz}
    for k, seen in (("f", "c_prev"), ("i", "c_prev"), ("o", "c")):
        grads["p_" + k] = [a * b for a, b in zip(dz[k], s[seen])]
    dcp = [d[k] * s["f"][k] + p["p_f"][k] * f[k] + p["p_i"][k] * i[k] for k in range(n)]
    return dhx[n:], dhx[:n], dcp, grads
