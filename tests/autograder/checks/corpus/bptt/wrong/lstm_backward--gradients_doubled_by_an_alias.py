def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros_like(dhs[0])
    dxs, total = [], None
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        total = total or grads
        for k in total:
            total[k] = total[k] + grads[k]
    return np.stack(dxs[::-1]), dh, dc, total
