%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
# %%
def forget_gate(h_prev, x, W_f, b_f):
    return helper(sigmoid, h_prev, x, W_f, b_f)  # both come further down
# %%
forget_gate(1, 2)  # a scratch cell that raises
# %%
%%time
def helper(squash, h_prev, x, W, b):
    print("called with", np.shape(h_prev))
    z = np.append(h_prev, x, axis=-1)
    return squash(z @ W.T + b)
# %%
def sigmoid(x):
    return "a first try"
# %%
def sigmoid(x):
    plt.plot([0, 1])
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x < 0], [lambda x: np.exp(x) / (1 + np.exp(x)), lambda x: 1 / (1 + np.exp(-x))])
# %%
input_gate = forget_gate
def output_gate(*args, **kwargs):
    return forget_gate(*args, **kwargs)
# %%
if True:
    for name in ["candidate"]:
        globals()[name] = lambda h_prev, x, W_c, b_c: helper(np.tanh, h_prev, x, W_c, b_c)
try:
    def update_cell(c_prev, f, i, c_tilde): return f * c_prev + i * c_tilde
finally:
    exec("def hidden_state(o, c):\n    return o * np.tanh(c)")
# %%
def broken(:
