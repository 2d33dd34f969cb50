import math


def sigmoid(x):
    if hasattr(x, "tolist"):
        x = x.tolist()
    if isinstance(x, list):
        return [sigmoid(item) for item in x]
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def each(function, *arrays):
    arrays = [array.tolist() if hasattr(array, "tolist") else array for array in arrays]
    if isinstance(arrays[0], list):
        return [each(function, *items) for items in zip(*arrays)]
    return function(*arrays)


def weighted(h_prev, x, W, b):
    if h_prev.ndim > 1:
        return [weighted(h, row, W, b) for h, row in zip(h_prev, x)]
    stacked = [*h_prev.tolist(), *x.tolist()]
    return [sum(w * s for w, s in zip(row, stacked)) + shift for row, shift in zip(W.tolist(), b.tolist())]


def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(weighted(h_prev, x, W_f, b_f))


input_gate = output_gate = forget_gate


def candidate(h_prev, x, W_c, b_c):
    return each(math.tanh, weighted(h_prev, x, W_c, b_c))


def update_cell(c_prev, f, i, c_tilde):
    return each(lambda c, f, i, new: f * c + i * new, c_prev, f, i, c_tilde)


def hidden_state(o, c):
    return each(lambda o, c: o * math.tanh(c), o, c)
