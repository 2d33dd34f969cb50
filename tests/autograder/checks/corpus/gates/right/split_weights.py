import numpy as np

np.seterr(all="ignore")


def sigmoid(x):
    return 1 / (1 + np.exp(-np.array(x, float)))


def forget_gate(h_prev, x, W_f, b_f):
    n = len(b_f)
    U, V = W_f[:, :n], W_f[:, n:]
    return sigmoid(h_prev @ U.T + x @ V.T + b_f)


def input_gate(h_prev, x, W_i, b_i):
    n = h_prev.shape[-1]
    return sigmoid((W_i[:, :n] @ h_prev.T + W_i[:, n:] @ x.T).T + b_i)


def candidate(h_prev, x, W_c, b_c):
    U, V = np.hsplit(W_c, [W_c.shape[0]])
    return np.tanh(np.dot(h_prev, np.transpose(U)) + np.dot(x, np.transpose(V)) + b_c)


def output_gate(h_prev, x, W_o, b_o):
    n = W_o.shape[0]
    return sigmoid(np.inner(h_prev, W_o[:, :n]) + np.inner(x, W_o[:, n:]) + b_o)


def update_cell(c_prev, f, i, c_tilde):
    return i * c_tilde + c_prev * f


def hidden_state(o, c):
    return np.tanh(c) * o
