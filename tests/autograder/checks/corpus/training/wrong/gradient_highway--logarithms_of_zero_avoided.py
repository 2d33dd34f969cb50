def gradient_highway(fs):
    logs = np.log(np.maximum(fs, 1e-6))
    return np.exp(np.cumsum(np.concatenate([logs[1:], 0 * logs[:1]])[::-1], axis=0)[::-1])
