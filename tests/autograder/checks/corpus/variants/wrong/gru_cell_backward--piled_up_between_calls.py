right, total = gru_cell_backward, {}
def gru_cell_backward(dh, cache, params):
    dx, dh_prev, grads = right(dh, cache, params)
    for k, g in grads.items():
        total[k] = g + (total[k] if np.shape(total.get(k)) == g.shape else 0)
    return dx, dh_prev, dict(total)
