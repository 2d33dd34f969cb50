import numpy as np

def gradient_highway(fs):
    rows = [np.ones(fs.shape[1])]
    for f in fs[:0:-1]:
        rows.insert(0, np.einsum("n,n->n", f, rows[0]))
    return np.asarray(rows, dtype=float)

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, *, betas=None):
    betas = np.array(betas or [beta1, beta2])
    moments, t = ({}, 0) if state is None else (state["moments"], int(state["t"]))
    new_moments, out, t = {}, {}, t + 1
    for name in sorted(params):
        g = np.stack([grads[name], grads[name] * grads[name]])
        weight = betas.reshape(-1, *(1,) * params[name].ndim)
        new_moments[name] = weight * moments.get(name, np.zeros_like(g)) + (1 - weight) * g
        m, v = new_moments[name] / (1 - weight**t)
        out[name] = params[name] - lr * m / (v**0.5 + eps)
    return out, {"moments": new_moments, "t": np.int64(t)}
