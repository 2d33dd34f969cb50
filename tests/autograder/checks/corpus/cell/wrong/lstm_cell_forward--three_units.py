def lstm_cell_forward(x, h_prev, c_prev, params):
    z = np.concatenate([h_prev, x], axis=-1)
    f, i, o = (_sigma(h_prev @ params["W_" + k][:, :3].T + x @ params["W_" + k][:, 3:].T + params["b_" + k]) for k in "fio")
    c_tilde = np.tanh(h_prev @ params["W_c"][:, :3].T + x @ params["W_c"][:, 3:].T + params["b_c"])
    c = f * c_prev + i * c_tilde
    return o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)
