"""Another cell, another rule, and a callable object: what counts is that it learns."""
import numpy as np

def gradient_highway(fs):
    return np.stack([np.prod(fs[k + 1:], axis=0) for k in range(len(fs))])

class adam_step:
    def __new__(cls, params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
        averages = state or cls.start(params)
        return averages.step(params, grads, lr, beta1, beta2, eps)

    @classmethod
    def start(cls, params):
        self = object.__new__(cls)
        self.t, self.m, self.v = 0, dict.fromkeys(params, 0.0), dict.fromkeys(params, 0.0)
        return self

    def step(self, params, grads, lr, beta1, beta2, eps):
        new = object.__new__(type(self))
        new.t = self.t + 1
        new.m = {k: beta1 * self.m[k] + (1 - beta1) * grads[k] for k in params}
        new.v = {k: beta2 * self.v[k] + (1 - beta2) * grads[k] ** 2 for k in params}
        scale = np.sqrt(1 - beta2**new.t) / (1 - beta1**new.t)
        eps_hat = eps * np.sqrt(1 - beta2**new.t)
        return {k: p - lr * scale * new.m[k] / (np.sqrt(new.v[k]) + eps_hat) for k, p in params.items()}, new

def sigma(z):
    return 0.5 + 0.5 * np.tanh(z / 2)

class Network:
    def __init__(self, rng, n):
        u = lambda *shape: rng.uniform(-n**-0.5, n**-0.5, shape)
        self.n = n
        self.p = [u(2 * n, n + 2), np.concatenate([np.ones(n), np.zeros(n)]), u(n, n + 2), np.zeros(n), u(n), np.zeros(1)]
        self.s = [np.zeros_like(a) for a in self.p]

    def run(self, xs):
        Wg, bg, Wh, bh, w, y = self.p
        h, tape = np.zeros((xs.shape[1], self.n)), []
        for x in xs:
            hx = np.hstack([h, x])
            z, r = np.hsplit(sigma(hx @ Wg.T + bg), 2)
            rx = np.hstack([r * h, x])
            g = np.tanh(rx @ Wh.T + bh)
            tape.append((h, hx, z, r, rx, g))
            h = z * h + (1 - z) * g
        return h @ w + y, h, tape

    def learn(self, xs, targets, lr):
        Wg, bg, Wh, bh, w, y = self.p
        ys, h, tape = self.run(xs)
        dy = 2 * (ys - targets) / len(ys)
        grads = [np.zeros_like(a) for a in self.p]
        grads[4], grads[5] = dy @ h, dy.sum(keepdims=True)
        dh = np.outer(dy, w)
        for h, hx, z, r, rx, g in tape[::-1]:
            dg = dh * (1 - z) * (1 - g * g)
            drh = dg @ Wh[:, : self.n]
            dgates = np.hstack([dh * (h - g) * z * (1 - z), drh * h * r * (1 - r)])
            for k, a in enumerate((dgates.T @ hx, dgates.sum(0), dg.T @ rx, dg.sum(0))):
                grads[k] += a
            dh = dh * z + drh * r + (dgates @ Wg)[:, : self.n]
        shrink = min(1.0, 1 / np.sqrt(sum(np.vdot(a, a) for a in grads)))
        for p, s, a in zip(self.p, self.s, grads):
            s += 0.05 * ((shrink * a) ** 2 - s)
            p -= lr * shrink * a / (np.sqrt(s) + 1e-6)
        return np.mean((ys - targets) ** 2)

    def __call__(self, xs):
        return self.run(xs)[0]

def train_adding(rng, T=20, n=16, steps=800):
    network, error, rows = Network(rng, n), 1.0, np.arange(64)
    for step in range(steps):
        xs = np.zeros((T, 64, 2))
        xs[:, :, 0] = rng.random((T, 64))
        xs[rng.integers(T // 2, size=64), rows, 1] = xs[rng.integers(T // 2, T, size=64), rows, 1] = 1
        error += 0.1 * (network.learn(xs, (xs[..., 0] * xs[..., 1]).sum(0), 0.01 * (1 - 0.8 * step / steps)) - error)
        if error < 0.006:
            break
    return network
