def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros_like(dhs[0])
    dxs, total = [], {k: np.zeros_like(v) for k, v in params.items()}
    for n, t in enumerate(range(len(caches))[::-1]):
        if n == 3:
            dh, dc = np.zeros_like(dh), np.zeros_like(dc)
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        total = {k: total[k] + grads[k] for k in total}
    return np.stack(dxs[::-1]), dh, dc, total
