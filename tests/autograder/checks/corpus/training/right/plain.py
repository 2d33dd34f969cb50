import numpy as np
# %%
def gradient_highway(fs):
    rows = np.ones_like(fs)
    for k in range(len(fs) - 2, -1, -1):
        rows[k] = rows[k + 1] * fs[k + 1]
    return rows
# %%
def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if state is None:
        state = {"t": 0, "m": {k: np.zeros_like(p) for k, p in params.items()}, "v": {k: np.zeros_like(p) for k, p in params.items()}}
    t, m, v, new = state["t"] + 1, {}, {}, {}
    for k in params:
        m[k] = beta1 * state["m"][k] + (1 - beta1) * grads[k]
        v[k] = beta2 * state["v"][k] + (1 - beta2) * grads[k] ** 2
        m_hat, v_hat = m[k] / (1 - beta1**t), v[k] / (1 - beta2**t)
        new[k] = params[k] - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"t": t, "m": m, "v": v}
# %%
one_adam_step = adam_step

def adding_problem(rng, T, B):
    xs = np.zeros((T, B, 2))
    xs[..., 0] = rng.uniform(size=(T, B))
    xs[rng.integers(0, T // 2, B), np.arange(B), 1] = 1
    xs[rng.integers(T // 2, T, B), np.arange(B), 1] = 1
    return xs, (xs[..., 0] * xs[..., 1]).sum(axis=0)

def forward(xs, p):
    n = len(p["w"])
    h = c = np.zeros((xs.shape[1], n))
    caches = []
    for x in xs:
        hx = np.concatenate([h, x], axis=1)
        z = hx @ p["W"].T + p["b"]
        f, i, o = (0.5 + 0.5 * np.tanh(z[:, k * n : (k + 1) * n] / 2) for k in (0, 1, 3))
        g = np.tanh(z[:, 2 * n : 3 * n])
        caches.append((hx, c, f, i, g, o))
        c = f * c + i * g
        h = o * np.tanh(c)
    return h @ p["w"] + p["y"], h, caches

def train_adding(rng, T=20, n=16, steps=800):
    limit = 1 / np.sqrt(n)
    p = {"W": rng.uniform(-limit, limit, (4 * n, n + 2)), "b": np.repeat([1.0, 0, 0, 0], n)}
    p |= {"w": rng.uniform(-limit, limit, n), "y": np.zeros(1)}
    state, error = None, 1.0
    for _ in range(steps):
        xs, targets = adding_problem(rng, T, 32)
        ys, h, caches = forward(xs, p)
        error = 0.9 * error + 0.1 * np.mean((ys - targets) ** 2)
        if error < 0.007:
            break  # it is learned
        dy = 2 * (ys - targets) / 32
        grads = {"W": 0.0, "b": 0.0, "w": dy @ h, "y": dy.sum(keepdims=True)}
        dh, dc = dy[:, None] * p["w"], 0.0
        for hx, c_prev, f, i, g, o in reversed(caches):
            t = np.tanh(f * c_prev + i * g)
            dc = dc + dh * o * (1 - t**2)
            dz = np.hstack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2), dh * t * o * (1 - o)])
            grads["W"] = grads["W"] + dz.T @ hx
            grads["b"] = grads["b"] + dz.sum(axis=0)
            dh, dc = (dz @ p["W"])[:, :n], dc * f
        norm = np.sqrt(sum(np.sum(a**2) for a in grads.values()))
        p, state = one_adam_step(p, {k: a * min(1, 1 / norm) for k, a in grads.items()}, state, lr=0.02)
    return lambda xs: forward(xs, p)[0]
