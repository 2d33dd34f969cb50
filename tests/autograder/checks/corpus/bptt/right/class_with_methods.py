import numpy as np
from dataclasses import dataclass

@dataclass
class Cell:
    cache: dict
    params: dict

    def __getattr__(self, name):
        return self.cache[name] if name in self.cache else self.params[name]

    @property
    def tanh_c(self):
        return np.tanh(self.c)

    def slopes(self, dh, dc):
        yield "f", dc * self.c_prev * self.f * (1 - self.f)
        yield "i", dc * self.c_tilde * self.i * (1 - self.i)
        yield "c", dc * self.i * (1 - self.c_tilde**2)
        yield "o", dh * self.tanh_c * self.o * (1 - self.o)

    def backward(self, dh, dc):
        dc = dc + dh * self.o * (1 - self.tanh_c**2)
        hx = np.concatenate((self.h_prev, self.x), axis=-1)
        dhx, grads = np.zeros_like(hx), {}
        for name, dz in self.slopes(dh, dc):
            dhx = dhx + np.matmul(dz, self.params[f"W_{name}"])
            grads[f"W_{name}"] = np.tensordot(dz.reshape(-1, dz.shape[-1]), hx.reshape(-1, hx.shape[-1]), axes=(0, 0))
            grads[f"b_{name}"] = dz.reshape(-1, dz.shape[-1]).sum(axis=0)
        dh_prev, dx = np.split(dhx, [self.h_prev.shape[-1]], axis=-1)
        return dx, dh_prev, dc * self.f, grads

class Backward:
    """Callable, as a function is."""

    def __call__(self, dh, dc, cache, params):
        return Cell(cache, params).backward(dh, dc)

    def through_time(self, dhs, caches, params):
        dh, dc, dxs, grads = np.zeros_like(dhs[0]), np.zeros_like(dhs[0]), [], {}
        for outside, cache in zip(reversed(dhs), reversed(caches)):
            dx, dh, dc, step = self(outside + dh, dc, cache, params)
            dxs.append(dx)
            for name, g in step.items():
                grads[name] = grads.get(name, 0) + g
        dxs.reverse()
        return np.stack(dxs), dh, dc, grads

lstm_cell_backward = Backward()
lstm_backward = lstm_cell_backward.through_time

class Nudge:
    def __init__(self, loss, array, eps):
        self.loss, self.array, self.eps = loss, array.copy(), eps

    def at(self, index):
        def with_value(value):
            array = self.array.copy()
            array[index] = value
            return self.loss(array)
        here = self.array[index]
        return (with_value(here + self.eps) - with_value(here - self.eps)) / (2 * self.eps)

def numerical_gradient(loss, array, eps=1e-5):
    nudge = Nudge(loss, array, eps)
    return np.array([nudge.at(index) for index in np.ndindex(*array.shape)]).reshape(array.shape)

class clip_gradients(tuple):
    """A class whose objects are the pair."""

    def __new__(cls, grads, max_norm):
        norm = np.sqrt(np.sum([np.sum(g * g) for g in grads.values()]))
        factor = max_norm / norm if norm > max_norm else 1
        return super().__new__(cls, ({k: factor * g for k, g in grads.items()}, norm))
