def hidden_state(o, c):
    return [o * np.tanh(c)]
