def hidden_state(o, c):
    return np.float64(np.float32(o) * np.tanh(np.float32(c)))
