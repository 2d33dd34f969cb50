def lstm_backward(dhs, caches, params, dxs=[]):
    dh = dc = np.zeros_like(dhs[0])
    total = {k: np.zeros_like(v) for k, v in params.items()}
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        total = {k: total[k] + grads[k] for k in total}
    return dxs[::-1], dh, dc, total
