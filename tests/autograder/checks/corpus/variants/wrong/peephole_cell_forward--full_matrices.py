def peephole_cell_forward(x, h_prev, c_prev, params):
    chx = np.concatenate([c_prev, h_prev, x], axis=-1)
    f = sigmoid(chx @ params["W_f"].T + params["b_f"])
    return None
