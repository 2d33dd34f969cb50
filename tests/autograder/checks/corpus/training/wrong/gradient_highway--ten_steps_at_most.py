right = gradient_highway
def gradient_highway(fs):
    rows = right(fs)
    for k in range(len(fs)):
        rows[k] = np.prod(fs[k + 1 : k + 11], axis=0)
    return rows
