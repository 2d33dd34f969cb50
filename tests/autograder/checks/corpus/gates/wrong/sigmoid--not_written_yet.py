def sigmoid(x):
    raise NotImplementedError
