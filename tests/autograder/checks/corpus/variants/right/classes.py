import numpy as np
from collections import namedtuple

class Squash:
    @staticmethod
    def sigma(z):
        out = np.empty_like(z)
        up = z >= 0
        out[up] = 1 / (1 + np.exp(-z[up]))
        e = np.exp(z[~up])
        out[~up] = e / (1 + e)
        return out

class Layer:
    def __init__(self, params, name):
        self.W, self.b, self.p = params["W_" + name], params["b_" + name], params.get("p_" + name)
        self.name = name

    def __call__(self, h, x, seen=None):
        z = np.dot(np.concatenate((h, x), -1), self.W.T) + self.b
        return z if seen is None or self.p is None else z + self.p * seen

    def back(self, dz, h, x, seen=None):
        hx = np.concatenate((h, x), -1)
        two = lambda a: a.reshape(-1, a.shape[-1])
        grads = {f"W_{self.name}": two(dz).T @ two(hx), f"b_{self.name}": two(dz).sum(0)}
        if self.p is not None and seen is not None:
            grads[f"p_{self.name}"] = two(dz * seen).sum(0)
        return *np.split(dz @ self.W, [h.shape[-1]], axis=-1), grads

class Peephole:
    Step = namedtuple("Step", "h c cache")

    def __init__(self, params):
        self.f, self.i, self.c, self.o = (Layer(params, k) for k in "fico")

    def forward(self, x, h_prev, c_prev):
        f, i = (Squash.sigma(gate(h_prev, x, c_prev)) for gate in (self.f, self.i))
        c_tilde = np.tanh(self.c(h_prev, x))
        c = f * c_prev + i * c_tilde
        o = Squash.sigma(self.o(h_prev, x, c))
        return self.Step(o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c))

    def backward(self, dh, dc, s):
        dz_o = dh * np.tanh(s["c"]) * s["o"] * (1 - s["o"])
        dc = dc + dh * s["o"] / np.cosh(s["c"]) ** 2 + self.o.p * dz_o
        dz_f = dc * s["c_prev"] * s["f"] * (1 - s["f"])
        dz_i = dc * s["c_tilde"] * s["i"] * (1 - s["i"])
        dz_c = dc * s["i"] * (1 - s["c_tilde"] ** 2)
        dh_prev, dx, grads = 0, 0, {}
        for layer, dz, seen in ((self.f, dz_f, "c_prev"), (self.i, dz_i, "c_prev"), (self.c, dz_c, None), (self.o, dz_o, "c")):
            to_h, to_x, own = layer.back(dz, s["h_prev"], s["x"], s.get(seen))
            dh_prev, dx = dh_prev + to_h, dx + to_x
            grads |= own
        return dx, dh_prev, dc * s["f"] + self.f.p * dz_f + self.i.p * dz_i, grads

class GRU:
    def __init__(self, params):
        self.z, self.r, self.h = (Layer(params, k) for k in "zrh")

    def forward(self, x, h_prev):
        z, r = Squash.sigma(self.z(h_prev, x)), Squash.sigma(self.r(h_prev, x))
        h_tilde = np.tanh(self.h(r * h_prev, x))
        return (1 - z) * h_tilde + z * h_prev, dict(x=x, h_prev=h_prev, z=z, r=r, h_tilde=h_tilde)

    def backward(self, dh, s):
        dz_h = dh * (1 - s["z"]) * (1 - s["h_tilde"] ** 2)
        d_reset, dx, grads = self.h.back(dz_h, s["r"] * s["h_prev"], s["x"])
        dh_prev = dh * s["z"] + d_reset * s["r"]
        for layer, value, d in ((self.z, s["z"], dh * (s["h_prev"] - s["h_tilde"])), (self.r, s["r"], d_reset * s["h_prev"])):
            to_h, to_x, own = layer.back(d * value * (1 - value), s["h_prev"], s["x"])
            dh_prev, dx, grads = dh_prev + to_h, dx + to_x, grads | own
        return dx, dh_prev, grads

class LSTM(Peephole):
    def read(self, xs):
        h = c = np.zeros((*np.shape(xs)[1:-1], len(self.f.b)))
        for x in xs:
            h, c, _ = self.forward(x, h, c)
            yield h

class peephole_cell_forward:
    def __new__(cls, x, h_prev, c_prev, params):
        return Peephole(params).forward(x, h_prev, c_prev)

class _Gru:
    forward = staticmethod(lambda x, h_prev, params: GRU(params).forward(x, h_prev))

    @classmethod
    def backward(cls, dh, cache, params):
        return GRU(params).backward(dh, cache)

gru_cell_forward, gru_cell_backward = _Gru.forward, _Gru.backward

def peephole_cell_backward(dh, dc, cache, params):
    return Peephole(params).backward(dh, dc, cache)

class Both:
    def __call__(self, xs, params_forward, params_backward):
        there, back = list(LSTM(params_forward).read(xs)), list(LSTM(params_backward).read(xs[::-1]))
        return np.stack([np.concatenate(pair, axis=-1) for pair in zip(there, reversed(back))])

bidirectional_forward = Both()

def stacked_forward(xs, layers):
    stream = xs
    for params in layers:
        stream = list(LSTM(params).read(np.asarray(stream)))
    return stream
