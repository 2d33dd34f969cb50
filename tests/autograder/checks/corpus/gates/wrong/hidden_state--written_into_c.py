def hidden_state(o, c):
    np.tanh(c, out=c)
    return o * c
