from functools import partial, reduce
from operator import add, mul

import numpy as np

sigmoid = lambda x: np.where(np.asarray(x) >= 0, *(lambda e: (1 / (1 + e), e / (1 + e)))(np.exp(-np.abs(x))))
layer = lambda squash, h_prev, x, W, b: squash(np.c_[np.atleast_2d(h_prev), np.atleast_2d(x)] @ W.T + b).reshape(h_prev.shape)
forget_gate = partial(layer, sigmoid)
input_gate, output_gate = partial(layer, sigmoid), partial(layer, sigmoid)
candidate = partial(layer, np.tanh)
update_cell = lambda c_prev, f, i, c_tilde: reduce(add, map(mul, (f, i), (c_prev, c_tilde)))
hidden_state = lambda *oc: oc[0] * np.tanh(oc[1])
