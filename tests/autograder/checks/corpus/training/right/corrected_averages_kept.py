"""The state holds the corrected averages and the powers of the betas; each step takes the correction away again."""
import numpy as np

def gradient_highway(fs):
    total = np.ones((fs.shape[0] + 1, fs.shape[1]), order="F")
    for k in range(fs.shape[0], 0, -1):
        np.multiply(total[k], fs[k - 1], out=total[k - 1])
    return total[1:]

def adam_step(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    power1, power2, hats = state if state is not None else (1.0, 1.0, {})
    new, kept = {}, {}
    for k in params:
        m_hat, v_hat = hats.get(k, (0.0, 0.0))
        m = beta1 * m_hat * (1 - power1) + (1 - beta1) * grads[k]
        v = beta2 * v_hat * (1 - power2) + (1 - beta2) * grads[k] ** 2
        kept[k] = m / (1 - power1 * beta1), v / (1 - power2 * beta2)
        new[k] = params[k] - lr * kept[k][0] / (np.sqrt(kept[k][1]) + eps)
    return new, (power1 * beta1, power2 * beta2, kept)
