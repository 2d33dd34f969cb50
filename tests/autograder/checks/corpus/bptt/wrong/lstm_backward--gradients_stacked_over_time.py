def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros_like(dhs[0])
    dxs, steps = [], []
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        steps.append(grads)
    return np.stack(dxs[::-1]), dh, dc, {k: np.stack([g[k] for g in steps[::-1]]) for k in params}
