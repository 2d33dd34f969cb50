import math

def gradient_highway(fs):
    fs = fs.tolist()
    T, n = len(fs), len(fs[0])
    return [[math.prod(fs[j][u] for j in range(k + 1, T)) for u in range(n)] for k in range(T)]

def zip_map(function, *nested):
    if isinstance(nested[0], list):
        return [zip_map(function, *parts) for parts in zip(*nested)]
    return function(*nested)

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = 1 if state is None else state[0] + 1
    moments, new = {}, {}
    for k in params:
        p, g = params[k].tolist(), grads[k].tolist()
        m, v = state[1][k] if state else (zip_map(lambda a: 0.0, g),) * 2
        m = zip_map(lambda a, b: beta1 * a + (1 - beta1) * b, m, g)
        v = zip_map(lambda a, b: beta2 * a + (1 - beta2) * b**2, v, g)
        new[k] = zip_map(
            lambda a, b, c: a - lr * (b / (1 - math.pow(beta1, t))) / (math.sqrt(c / (1 - math.pow(beta2, t))) + eps), p, m, v
        )
        moments[k] = m, v
    return new, [t, moments]
