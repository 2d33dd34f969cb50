import numpy as np


def lstm(kind, *given):
    match kind, given:
        case "sigmoid", (x,):
            x = np.asarray(x, dtype=float)
            with np.errstate(all="ignore"):
                return np.nan_to_num(np.exp(x) / (1 + np.exp(x)), nan=1.0)
        case "tanh", (x,):
            return np.tanh(x)
        case ("forget" | "input" | "output" | "candidate"), (h, x, W, b):
            squash = "tanh" if kind == "candidate" else "sigmoid"
            if len(np.shape(h)) == 1:
                return lstm(squash, W @ np.concatenate([h, x]) + b)
            return lstm(squash, (W @ np.concatenate([h, x], axis=1).T + b[:, np.newaxis]).T)
        case "update", (c, f, i, new):
            return np.sum(np.array([f, i]) * np.array([c, new]), axis=0)
        case "hidden", (o, c):
            return o * lstm("tanh", c)


def named(kind):
    def function(*given):
        return lstm(kind, *given)

    return function


sigmoid, forget_gate, input_gate, candidate, update_cell, output_gate, hidden_state = map(
    named, "sigmoid forget input candidate update output hidden".split()
)
