total = None
def lstm_backward(dhs, caches, params):
    global total
    total = total if total and total["b_f"].shape == params["b_f"].shape and total["W_f"].shape == params["W_f"].shape else {k: np.zeros_like(v) for k, v in params.items()}
    dh = dc = np.zeros_like(dhs[0])
    dxs = []
    for t in range(len(caches))[::-1]:
        dx, dh, dc, grads = lstm_cell_backward(dhs[t] + dh, dc, caches[t], params)
        dxs.append(dx)
        total = {k: total[k] + grads[k] for k in total}
    return np.stack(dxs[::-1]), dh, dc, total
