import math
import random


def init_params(m, n, rng, forget_bias=1.0):
    draw = random.Random(int(rng.integers(2**62)))
    k = 1 / math.sqrt(n)
    params = {"W_" + l: [[draw.uniform(-k, k) for _ in range(n + m)] for _ in range(n)] for l in "fico"}
    return params | {"b_" + l: [float(forget_bias) if l == "f" else 0.0] * n for l in "fico"}


def sigma(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def one(x, h, c, P):
    z = list(h) + list(x)
    layer = lambda k, s: [s(sum(w * v for w, v in zip(row, z)) + b) for row, b in zip(P["W_" + k], P["b_" + k])]
    f, i, o, g = layer("f", sigma), layer("i", sigma), layer("o", sigma), layer("c", math.tanh)
    new = [f[k] * c[k] + i[k] * g[k] for k in range(len(c))]
    out = [o[k] * math.tanh(new[k]) for k in range(len(c))]
    return out, new, dict(x=list(x), h_prev=list(h), c_prev=list(c), f=f, i=i, c_tilde=g, o=o, c=new)


def plain(a):
    return a.tolist() if hasattr(a, "tolist") else a


def lstm_cell_forward(x, h_prev, c_prev, params):
    x, h_prev, c_prev = map(plain, (x, h_prev, c_prev))
    params = {k: plain(v) for k, v in params.items()}
    if not isinstance(x[0], list):
        return one(x, h_prev, c_prev, params)
    results = [one(*row, params) for row in zip(x, h_prev, c_prev)]
    cache = {key: [result[2][key] for result in results] for key in results[0][2]}
    return [result[0] for result in results], [result[1] for result in results], cache


def lstm_forward(xs, h0, c0, params):
    hs, cs, caches = [plain(h0)], [plain(c0)], []
    for x in xs:
        for kept, value in zip((hs, cs, caches), lstm_cell_forward(x, hs[-1], cs[-1], params)):
            kept.append(value)
    return hs[1:], cs[1:], caches
