import numpy as np


class sigmoid:
    def __new__(cls, x):
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


class Gate(type):
    def __call__(cls, h_prev, x, W, b):
        return cls.squash(np.concatenate([h_prev, x], axis=-1) @ W.T + b)


class forget_gate(metaclass=Gate):
    squash = sigmoid


class input_gate(forget_gate):
    pass


class output_gate(forget_gate):
    pass


class candidate(forget_gate):
    squash = np.tanh


class update_cell:
    def __new__(cls, c_prev, f, i, c_tilde):
        return f * c_prev + i * c_tilde


class hidden_state(np.ndarray):
    def __new__(cls, o, c):
        return (o * np.tanh(c)).view(cls)
