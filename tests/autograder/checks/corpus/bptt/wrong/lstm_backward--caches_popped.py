def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros_like(dhs[0])
    dxs, total = [], {k: np.zeros_like(v) for k, v in params.items()}
    while caches:
        dx, dh, dc, grads = lstm_cell_backward(dhs[len(caches) - 1] + dh, dc, caches.pop(), params)
        dxs.insert(0, dx)
        total = {k: total[k] + grads[k] for k in total}
    return np.stack(dxs), dh, dc, total
