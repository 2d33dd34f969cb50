right = gradient_highway
def gradient_highway(fs):
    rows = right(fs)
    rows[-2] = fs[-1]
    return rows
