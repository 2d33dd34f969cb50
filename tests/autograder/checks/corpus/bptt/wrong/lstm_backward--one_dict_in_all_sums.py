def lstm_backward(dhs, caches, params):
    dh = dc = np.zeros_like(dhs[0])
    dxs, total = [], dict.fromkeys(params, np.zeros(1))
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        for k in total:
            total[k] = total["b_f"] + grads[k] if k.startswith("b") else total[k] + grads[k]
    return np.stack(dxs[::-1]), dh, dc, total
