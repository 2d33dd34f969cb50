class Averages:
    def __init__(self):
        self.t, self.m, self.v = 0, {}, {}
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    s = state or Averages()
    s.t += 1
    new = {}
    for k, p in params.items():
        s.m[k] = beta1 * s.m.get(k, 0.0) + (1 - beta1) * grads[k]
        s.v[k] = beta2 * s.v.get(k, 0.0) + (1 - beta2) * grads[k] ** 2
        new[k] = p - lr * s.m[k] / (1 - beta1**s.t) / (np.sqrt(s.v[k] / (1 - beta2**s.t)) + eps)
    return new, s
