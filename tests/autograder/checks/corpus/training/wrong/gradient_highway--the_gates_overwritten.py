def gradient_highway(fs):
    out = np.ones_like(fs)
    for k in range(len(fs) - 2, -1, -1):
        fs[k] = fs[k + 1] * out[k + 1]
        out[k] = fs[k]
    return out
