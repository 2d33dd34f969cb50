def hidden_state(o, c):
    return np.round(o * np.tanh(c), 6)
