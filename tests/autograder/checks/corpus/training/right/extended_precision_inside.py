import math
from decimal import Decimal
from fractions import Fraction
import numpy as np

def gradient_highway(fs):
    """Products that are exact until they are rounded at the end."""
    T, n = fs.shape
    if T > 20:
        return np.array([[float(math.prod(map(Decimal, fs[k + 1:, u].tolist()), start=Decimal(1))) for u in range(n)] for k in range(T)])
    product, rows = [Fraction(1)] * n, []
    for f in fs[::-1]:
        rows.append([float(p) for p in product])
        product = [p * Fraction(float(v)) for p, v in zip(product, f)]
    return rows[::-1]

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    L = np.longdouble
    t, averages = state or (0, {k: (np.zeros(p.shape, L), np.zeros(p.shape, L)) for k, p in params.items()})
    t += 1
    averages = {
        k: (L(beta1) * m + (1 - L(beta1)) * grads[k], L(beta2) * v + (1 - L(beta2)) * L(1) * grads[k] ** 2)
        for k, (m, v) in averages.items()
    }
    new = {
        k: p - lr * averages[k][0] / (1 - L(beta1) ** t) / (np.sqrt(averages[k][1] / (1 - L(beta2) ** t)) + eps)
        for k, p in params.items()
    }
    return {k: p.astype(np.float64) for k, p in new.items()}, (t, averages)
