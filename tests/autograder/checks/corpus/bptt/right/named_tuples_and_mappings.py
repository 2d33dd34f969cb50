import numpy as np
from collections import ChainMap, OrderedDict, defaultdict, namedtuple
from types import MappingProxyType

CellGradients = namedtuple("CellGradients", "dx dh_prev dc_prev grads")
SequenceGradients = namedtuple("SequenceGradients", ["dxs", "dh0", "dc0", "grads"])

class Gradients(dict):
    """A dict with attributes."""
    __getattr__ = dict.__getitem__

def lstm_cell_backward(dh, dc, cache, params):
    s = Gradients(cache)
    t = np.tanh(s.c)
    d = dc + dh * s.o * (1 - t**2)
    dz = OrderedDict(o=dh * t * s.o * (1 - s.o), c=d * s.i * (1 - s.c_tilde**2),
                     i=d * s.c_tilde * s.i * (1 - s.i), f=d * s.c_prev * s.f * (1 - s.f))
    hx = np.append(s.h_prev, s.x, axis=-1)
    weights = {f"W_{k}": np.atleast_2d(v).T @ np.atleast_2d(hx) for k, v in dz.items()}
    biases = {f"b_{k}": np.atleast_2d(v).sum(axis=0) for k, v in dz.items()}
    dhx = np.sum([v @ params[f"W_{k}"] for k, v in dz.items()], axis=0)
    n = s.h_prev.shape[-1]
    return CellGradients(dx=dhx[..., n:], dh_prev=dhx[..., :n], dc_prev=d * s.f, grads=ChainMap(weights, biases))

def lstm_backward(dhs, caches, params):
    total = defaultdict(float)
    step = CellGradients(None, np.zeros_like(dhs[0]), np.zeros_like(dhs[0]), {})
    dxs = []
    for t in reversed(range(len(caches))):
        step = lstm_cell_backward(dhs[t] + step.dh_prev, step.dc_prev, MappingProxyType(caches[t]), params)
        dxs.append(step.dx)
        for name in step.grads:
            total[name] = total[name] + step.grads[name]
    total["steps"] = len(caches)
    return SequenceGradients(tuple(dxs[::-1]), step.dh_prev, step.dc_prev, MappingProxyType(total))

def numerical_gradient(loss, array, eps=1e-5):
    found = {}
    for index, value in np.ndenumerate(array):
        for sign in (1, -1):
            moved = np.array(array)
            moved[index] = value + sign * eps
            found[index, sign] = loss(moved)
    gradient = np.full(array.shape, np.nan)
    for index, _ in np.ndenumerate(array):
        gradient[index] = (found[index, 1] - found[index, -1]) / (2 * eps)
    return gradient

Clipped = namedtuple("Clipped", "gradients norm")

def clip_gradients(grads, max_norm):
    norm = np.sqrt(np.sum(np.fromiter((np.vdot(g, g) for g in grads.values()), float)))
    factor = np.divide(max_norm, norm, out=np.ones(()), where=norm > max_norm)
    return Clipped(OrderedDict((name, g * factor) for name, g in grads.items()), norm)
