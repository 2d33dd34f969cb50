"""One small tape for everything: the forward passes are written once, the backward passes are the tape's."""
import numpy as np

class Node:
    def __init__(self, value, *parents):
        self.value, self.parents, self.grad = np.asarray(value, dtype=float), parents, 0.0

    def __add__(self, other):
        return Node(self.value + other.value, (self, lambda g: g), (other, lambda g: g))

    def __mul__(self, other):
        return Node(self.value * other.value, (self, lambda g: g * other.value), (other, lambda g: g * self.value))

    def __rsub__(self, one):
        return Node(one - self.value, (self, lambda g: -g))

    def layer(self, W, b):
        return Node(self.value @ W.value.T + b.value, (self, lambda g: g @ W.value), (W, lambda g: g.T @ self.value), (b, lambda g: g))

    def join(self, other):
        n = self.value.shape[1]
        return Node(np.hstack((self.value, other.value)), (self, lambda g: g[:, :n]), (other, lambda g: g[:, n:]))

    def apply(self, y, slope):
        return Node(y, (self, lambda g: g * slope))

    def tanh(self):
        y = np.tanh(self.value)
        return self.apply(y, 1 - y * y)

    def sigma(self):
        y = 0.5 + 0.5 * np.tanh(self.value / 2)
        return self.apply(y, y * (1 - y))

def reduce_to(shape, g):
    return g if g.shape == shape else g.sum(axis=0) if g.ndim == 2 else np.broadcast_to(g, shape)

def pull(*seeds):
    order, seen = [], set()
    def visit(node):
        if node not in seen:
            seen.add(node)
            [visit(parent) for parent, _ in node.parents]
            order.append(node)
    for node, seed in seeds:
        visit(node)
        node.grad = node.grad + seed
    for node in order[::-1]:
        for parent, rule in node.parents:
            parent.grad = parent.grad + reduce_to(parent.value.shape, rule(node.grad))

def nodes(params):
    return {k: Node(v) for k, v in params.items()}

def peephole(x, h, c0, p):
    hx = h.join(x)
    f = (hx.layer(p["W_f"], p["b_f"]) + p["p_f"] * c0).sigma()
    i = (hx.layer(p["W_i"], p["b_i"]) + p["p_i"] * c0).sigma()
    g = hx.layer(p["W_c"], p["b_c"]).tanh()
    c = f * c0 + i * g
    o = (hx.layer(p["W_o"], p["b_o"]) + p["p_o"] * c).sigma()
    return o * c.tanh(), c, dict(x=x, h_prev=h, c_prev=c0, f=f, i=i, c_tilde=g, o=o, c=c)

def gru(x, h, p):
    hx = h.join(x)
    z, r = (hx.layer(p["W_" + k], p["b_" + k]).sigma() for k in "zr")
    g = (r * h).join(x).layer(p["W_h"], p["b_h"]).tanh()
    return (1 - z) * g + z * h, dict(x=x, h_prev=h, z=z, r=r, h_tilde=g)

def two(a):
    return Node(np.atleast_2d(a))

def peephole_cell_forward(x, h_prev, c_prev, params):
    back = lambda node: node.value.reshape(*x.shape[:-1], -1)
    h, c, cache = peephole(two(x), two(h_prev), two(c_prev), nodes(params))
    return back(h), back(c), {k: back(v) for k, v in cache.items()}

def gru_cell_forward(x, h_prev, params):
    back = lambda node: node.value.reshape(*x.shape[:-1], -1)
    h, cache = gru(two(x), two(h_prev), nodes(params))
    return back(h), {k: back(v) for k, v in cache.items()}

def plain_lstm(xs, params):
    """The peephole cell with shut peepholes."""
    n = len(params["b_f"])
    params = nodes(params | {"p_" + k: np.zeros(n) for k in "fio"})
    h = c = two(np.zeros((*xs.shape[1:-1], n)))
    hs = []
    for x in xs:
        h, c, _ = peephole(two(x), h, c, params)
        hs.append(h.value.reshape(*x.shape[:-1], n))
    return np.stack(hs)

def bidirectional_forward(xs, params_forward, params_backward):
    return np.concatenate([plain_lstm(xs, params_forward), np.flip(plain_lstm(np.flip(xs, 0), params_backward), 0)], -1)

def stacked_forward(xs, layers):
    return plain_lstm(xs, layers[0]) if len(layers) == 1 else stacked_forward(plain_lstm(xs, layers[0]), layers[1:])

def gru_cell_backward(dh, cache, params):
    x, h, p = two(cache["x"]), two(cache["h_prev"]), nodes(params)
    pull((gru(x, h, p)[0], np.atleast_2d(dh)))
    return *(v.grad.reshape(*dh.shape[:-1], -1) for v in (x, h)), {k: v.grad for k, v in p.items()}

def peephole_cell_backward(dh, dc, cache, params):
    x, h0, c0, p = *(two(cache[k]) for k in ("x", "h_prev", "c_prev")), nodes(params)
    h, c, _ = peephole(x, h0, c0, p)
    pull((h, np.atleast_2d(dh)), (c, np.atleast_2d(dc)))
    return *(v.grad.reshape(*dh.shape[:-1], -1) for v in (x, h0, c0)), {k: v.grad for k, v in p.items()}
