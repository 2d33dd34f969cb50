import numpy as np

class Diagonal:
    """A diagonal Jacobian for each row."""
    def __init__(self, d): self.d = d
    def __matmul__(self, other): return Diagonal(self.d * other.d)
    def __rmul__(self, row): return row * self.d
    __array_ufunc__ = None

class Matrix:
    def __init__(self, rows): self.rows = np.atleast_2d(rows)
    T = property(lambda self: Matrix(self.rows.T))
    def __mul__(self, other): return Matrix(self.rows @ other.rows)
    def __or__(self, other): return Matrix(np.hstack([self.rows, other.rows]))
    def __add__(self, other): return Matrix(self.rows + other.rows)
    def __radd__(self, zero): return self
    def columns(self, *bounds): return Matrix(self.rows[:, slice(*bounds)])
    def total(self): return self.rows.sum(axis=0)
    def like(self, a): return self.rows.reshape(*np.shape(a)[:-1], -1)

def dσ(y): return Diagonal(y * (1 - y))
def dtanh(y): return Diagonal(1 - y * y)

def lstm_cell_backward(dh, dc, cache, params):
    tc = np.tanh(cache["c"])
    h_to_c = Diagonal(cache["o"]) @ dtanh(tc)
    dc = dc + dh * h_to_c
    dz = {
        "f": dc * (Diagonal(cache["c_prev"]) @ dσ(cache["f"])),
        "i": dc * (Diagonal(cache["c_tilde"]) @ dσ(cache["i"])),
        "c": dc * (Diagonal(cache["i"]) @ dtanh(cache["c_tilde"])),
        "o": dh * (Diagonal(tc) @ dσ(cache["o"])),
    }
    dz = {k: Matrix(v) for k, v in dz.items()}
    hx = Matrix(cache["h_prev"]) | Matrix(cache["x"])
    dhx = sum(dz[k] * Matrix(params[f"W_{k}"]) for k in dz)
    n = cache["h_prev"].shape[-1]
    grads = {f"W_{k}": (dz[k].T * hx).rows for k in dz} | {f"b_{k}": dz[k].total() for k in dz}
    return dhx.columns(n, None).like(dh), dhx.columns(n).like(dh), dc * Diagonal(cache["f"]), grads

def lstm_backward(dhs, caches, params):
    steps = len(caches)
    dxs, dh, dc, sums = [None] * steps, np.zeros_like(dhs[0]), np.zeros_like(dhs[0]), {}
    for back in range(steps):
        t = steps - 1 - back
        dxs[t], dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        sums = {k: Matrix(grads[k]) + Matrix(sums[k].rows if k in sums else 0 * grads[k]) for k in grads}
    return np.stack(dxs), dh, dc, {k: v.rows.reshape(params[k].shape) for k, v in sums.items()}

def numerical_gradient(loss, array, eps=1e-5):
    directions = np.identity(array.size)
    flat = np.array(array).reshape(1, -1)
    above = [loss(row.reshape(array.shape)) for row in flat + eps * directions]
    below = [loss(row.reshape(array.shape)) for row in flat - eps * directions]
    return ((np.array(above) - np.array(below)) / (2 * eps)).reshape(array.shape)

def clip_gradients(grads, max_norm):
    norm = np.sqrt(sum(np.trace(Matrix(g.reshape(len(g), -1)).T.__mul__(Matrix(g.reshape(len(g), -1))).rows) for g in grads.values()))
    return {k: g if norm <= max_norm else g * max_norm / norm for k, g in grads.items()}, np.array(norm)
