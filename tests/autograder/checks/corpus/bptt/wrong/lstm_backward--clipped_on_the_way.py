def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros_like(dhs[0])
    dxs, total = [], {k: np.zeros_like(v) for k, v in params.items()}
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + np.clip(dh, -10, 10), np.clip(dc, -10, 10), caches[t], params)
        dxs.append(dx)
        total = {k: total[k] + grads[k] for k in total}
    return np.stack(dxs[::-1]), dh, dc, total
