def lstm_cell_forward(x, h_prev, c_prev, params):
    def sigma(z):
        return np.exp(z) / (1 + np.exp(z))
    z = np.concatenate([h_prev, x], axis=-1)
    f, i, o = (sigma(z @ params["W_" + k].T + params["b_" + k]) for k in "fio")
    c_tilde = np.tanh(z @ params["W_c"].T + params["b_c"])
    c = f * c_prev + i * c_tilde
    return o * np.tanh(c), c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)
