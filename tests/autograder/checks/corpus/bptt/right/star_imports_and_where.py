from numpy import *
from math import *
from numpy import tanh, sqrt

def derivative(kind, y):
    return where(kind == "tanh", 1 - y * y, y * (1 - y))

def lstm_cell_backward(dh, dc, cache, params):
    locals().update(cache)
    kinds = {"f": "sigmoid", "i": "sigmoid", "c": "tanh", "o": "sigmoid"}
    match cache:
        case {"x": x, "h_prev": h_prev, "c_prev": c_prev, "f": f, "i": i, "c_tilde": g, "o": o, "c": c}:
            pass
    if (ct := tanh(c)) is not None:
        dct = dc + dh * o * (1 - ct * ct)
    partner, value = {"f": c_prev, "i": g, "c": i, "o": ct}, {"f": f, "i": i, "c": g, "o": o}
    source = {"f": dct, "i": dct, "c": dct, "o": dh}
    dz = {k: source[k] * partner[k] * derivative(kinds[k], value[k]) for k in kinds}
    n = shape(h_prev)[-1]
    dx = dh_prev = 0.0
    grads = {}
    for k in kinds:
        dh_prev = dh_prev + dot(dz[k], params[f"W_{k}"][:, :n])
        dx = dx + dot(dz[k], params[f"W_{k}"][:, n:])
        left, right = (expand_dims(a, 0) if ndim(a) == 1 else a for a in (dz[k], concatenate((h_prev, x), -1)))
        grads[f"W_{k}"] = add.reduce([outer(a, b) for a, b in zip(left, right)])
        grads[f"b_{k}"] = add.reduce(left, axis=0)
    return dx, dh_prev, dct * f, grads

def lstm_backward(dhs, caches, params):
    carry, dxs, grads = [zeros(dhs.shape[1:])] * 2, [], {k: 0 * v for k, v in params.items()}
    pending = list(zip(dhs, caches))
    while pending:
        dh, cache = pending.pop()
        dx, *carry, g = lstm_cell_backward(dh + carry[0], carry[1], cache, params)
        dxs, grads = [dx] + dxs, {k: grads[k] + g[k] for k in grads}
    return array(dxs), carry[0], carry[1], grads

def numerical_gradient(loss, a, eps=1e-5):
    b = a + zeros(shape(a))
    b = array(b)
    out = empty(shape(a))
    for k in ndindex(shape(a)):
        b[k] += eps
        up = loss(b)
        b[k] = a[k]
        b[k] -= eps
        out[k] = (up - loss(b)) / (2 * eps)
        b[k] = a[k]
    return out

def clip_gradients(grads, max_norm):
    norm = hypot.reduce([abs(v) for g in grads.values() for v in g.flat]) if False else sqrt(sum([sum(square(g)) for g in grads.values()]))
    return {k: multiply(g, max_norm / norm) if norm > max_norm else array(g) for k, g in grads.items()}, norm
