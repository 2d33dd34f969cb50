"""A small tape: the forward pass is run again from the cache's inputs, and differentiated by machine."""
import numpy as np

class Tensor:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = np.asarray(value, float), parents, 0.0

    def __add__(self, other):
        return Tensor(self.value + other.value, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other):
        return Tensor(self.value * other.value, ((self, lambda g: g * other.value), (other, lambda g: g * self.value)))

    def affine(self, W, b):
        return Tensor(self.value @ W.value.T + b.value, (
            (self, lambda g: g @ W.value),
            (W, lambda g: g.T @ self.value),
            (b, lambda g: g.sum(axis=0)),
        ))

    def join(self, other):
        n = self.value.shape[-1]
        return Tensor(np.hstack([self.value, other.value]), ((self, lambda g: g[:, :n]), (other, lambda g: g[:, n:])))

    def tanh(self):
        y = np.tanh(self.value)
        return Tensor(y, ((self, lambda g: g * (1 - y**2)),))

    def sigmoid(self):
        y = 1 / (1 + np.exp(-self.value))
        return Tensor(y, ((self, lambda g: g * y * (1 - y)),))

def backward(*ends):
    """Send (tensor, gradient) pairs back along the tape."""
    order, seen = [], set()
    def visit(tensor):
        if id(tensor) not in seen:
            seen.add(id(tensor))
            for parent, _ in tensor.parents:
                visit(parent)
            order.append(tensor)
    for tensor, gradient in ends:
        visit(tensor)
        tensor.grad = tensor.grad + gradient
    for tensor in reversed(order):
        for parent, rule in tensor.parents:
            parent.grad = parent.grad + rule(tensor.grad)

def forward(x, h, c, p):
    hx = h.join(x)
    f, i, o = (hx.affine(p["W_" + k], p["b_" + k]).sigmoid() for k in "fio")
    c = f * c + i * hx.affine(p["W_c"], p["b_c"]).tanh()
    return o * c.tanh(), c

def lstm_cell_backward(dh, dc, cache, params):
    p = {k: Tensor(v) for k, v in params.items()}
    x, h_prev, c_prev = (Tensor(np.atleast_2d(cache[k])) for k in ("x", "h_prev", "c_prev"))
    h, c = forward(x, h_prev, c_prev, p)
    backward((h, np.atleast_2d(dh)), (c, np.atleast_2d(dc)))
    of = lambda t: t.grad.reshape(*dh.shape[:-1], -1)
    return of(x), of(h_prev), of(c_prev), {k: t.grad for k, t in p.items()}

def lstm_backward(dhs, caches, params):
    """One tape for the whole sequence, from the first cache's states on."""
    p = {k: Tensor(v) for k, v in params.items()}
    xs = [Tensor(np.atleast_2d(cache["x"])) for cache in caches]
    h0, c0 = (Tensor(np.atleast_2d(caches[0][k])) for k in ("h_prev", "c_prev"))
    h, c, ends = h0, c0, []
    for x, dh in zip(xs, dhs):
        h, c = forward(x, h, c, p)
        ends.append((h, np.atleast_2d(dh)))
    backward(*ends)
    of = lambda t: t.grad.reshape(*dhs.shape[1:-1], -1)
    return np.stack([of(x) for x in xs]), of(h0), of(c0), {k: t.grad for k, t in p.items()}

def numerical_gradient(loss, array, eps=1e-5):
    half = np.vectorize(lambda k, sign: loss(array + sign * eps * (np.arange(array.size) == k).reshape(array.shape)))
    ks = np.arange(array.size)
    return ((half(ks, 1) - half(ks, -1)) / (2 * eps)).reshape(array.shape)

def clip_gradients(grads, max_norm):
    squares = Tensor(0.0)
    for g in grads.values():
        squares = squares + Tensor(np.sum(g * g))
    norm = float(squares.value) ** 0.5
    return {k: (Tensor(g) * Tensor(max_norm / norm if norm > max_norm else 1.0)).value for k, g in grads.items()}, norm
