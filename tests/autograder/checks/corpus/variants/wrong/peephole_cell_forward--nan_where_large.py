right = peephole_cell_forward
def peephole_cell_forward(x, h_prev, c_prev, params):
    h, c, cache = right(x, h_prev, c_prev, params)
    z = np.concatenate([h_prev, x], axis=-1) @ params["W_c"].T + params["b_c"]
    return h + 0 * (np.exp(z) / np.exp(z)), c, cache
