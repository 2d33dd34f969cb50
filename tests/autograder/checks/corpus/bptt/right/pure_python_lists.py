import math

def dot(a, b):
    return sum(p * q for p, q in zip(a, b))

def cell_of_one(dh, dc, s, W):
    """One example, all in Python's own floats."""
    n, m = len(s["h_prev"]), len(s["x"])
    z = list(s["h_prev"]) + list(s["x"])
    dz, dc_prev = {k: [0.0] * n for k in "fico"}, [0.0] * n
    for k in range(n):
        t = math.tanh(s["c"][k])
        f, i, g, o = s["f"][k], s["i"][k], s["c_tilde"][k], s["o"][k]
        total = dc[k] + dh[k] * o * (1 - t * t)
        dz["f"][k] = total * s["c_prev"][k] * f * (1 - f)
        dz["i"][k] = total * g * i * (1 - i)
        dz["c"][k] = total * i * (1 - g * g)
        dz["o"][k] = dh[k] * t * o * (1 - o)
        dc_prev[k] = total * f
    dhx = [sum(dz[layer][k] * W[layer][k][j] for layer in "fico" for k in range(n)) for j in range(n + m)]
    grads = {}
    for layer in "fico":
        grads["W_" + layer] = [[d * v for v in z] for d in dz[layer]]
        grads["b_" + layer] = dz[layer]
    return dhx[n:], dhx[:n], dc_prev, grads

def add(a, b):
    return [add(p, q) for p, q in zip(a, b)] if isinstance(a, list) else a + b

def lstm_cell_backward(dh, dc, cache, params):
    W = {layer: params["W_" + layer].tolist() for layer in "fico"}
    s = {name: value.tolist() for name, value in cache.items()}
    if dh.ndim == 1:
        return cell_of_one(dh.tolist(), dc.tolist(), s, W)
    parts = [
        cell_of_one(dh[b].tolist(), dc[b].tolist(), {name: rows[b] for name, rows in s.items()}, W) for b in range(len(dh))
    ]
    grads = parts[0][3]
    for part in parts[1:]:
        grads = {name: add(grads[name], part[3][name]) for name in grads}
    return [p[0] for p in parts], [p[1] for p in parts], [p[2] for p in parts], grads

def lstm_backward(dhs, caches, params):
    import numpy
    dh = dc = numpy.zeros(dhs[0].shape)
    dxs, total = [], None
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dh, dc = numpy.array(dh), numpy.array(dc)
        total = grads if total is None else {name: add(total[name], grads[name]) for name in total}
        dxs = [dx] + dxs
    return dxs, dh.tolist(), dc.tolist(), total

def numerical_gradient(loss, array, eps=1e-5):
    def slopes(index):
        if len(index) < array.ndim:
            return [slopes((*index, k)) for k in range(array.shape[len(index)])]
        kept = float(array[index])
        array[index] = kept + eps
        above = loss(array)
        array[index] = kept - eps
        below = loss(array)
        array[index] = kept
        return (above - below) / (2 * eps)

    return slopes(())

def clip_gradients(grads, max_norm):
    def numbers(nested):
        return [v for part in nested for v in numbers(part)] if isinstance(nested, list) else [nested]

    def times(nested, factor):
        return [times(part, factor) for part in nested] if isinstance(nested, list) else nested * factor

    norm = math.hypot(*(v for g in grads.values() for v in numbers(g.tolist())))
    factor = 1.0 if norm <= max_norm else max_norm / norm
    return {name: times(g.tolist(), factor) for name, g in grads.items()}, norm
