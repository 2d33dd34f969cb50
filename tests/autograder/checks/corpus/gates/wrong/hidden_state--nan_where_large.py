def hidden_state(o, c):
    return o * (np.exp(c) - np.exp(-c)) / (np.exp(c) + np.exp(-c))
