def sigmoid(x):
    return str(_sigma(x))
