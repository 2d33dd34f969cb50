import numpy as np

def gradient_highway(fs):
    padded = np.asfortranarray(np.concatenate([fs, np.ones_like(fs[:1])]))
    return np.multiply.accumulate(padded[:0:-1], axis=0)[::-1]

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    step = np.ones((), dtype=int) if state is None else state["step"] + 1
    fresh = lambda p: np.zeros(p.shape, order="F")
    m = {k: fresh(p) if state is None else state["m"][k].copy(order="F") for k, p in params.items()}
    v = {k: fresh(p) if state is None else state["v"][k].copy(order="F") for k, p in params.items()}
    moved = {}
    for k, p in params.items():
        np.add(beta1 * m[k].T, (1 - beta1) * grads[k].T, out=m[k].T)
        np.add(beta2 * v[k].T, (1 - beta2) * grads[k].T ** 2, out=v[k].T)
        moved[k] = (p.T - lr * (m[k].T / (1 - beta1**step)) / (np.sqrt(v[k].T / (1 - beta2**step)) + eps)).T
    return moved, {"step": step, "m": m, "v": v}
