import numpy as np


class LSTM:
    keys = ("x", "h_prev", "c_prev", "f", "i", "c_tilde", "o", "c")

    def __init__(self):
        self.calls = 0

    def start(self, m, n, rng, forget_bias=1.0):
        return {
            name: rng.uniform(-1, 1, (n, n + m)) / np.sqrt(n) if name[0] == "W" else np.full(n, 1.0 * forget_bias * (name == "b_f"))
            for name in "W_f b_f W_i b_i W_c b_c W_o b_o".split()
        }

    @staticmethod
    def sigmoid(z):
        return np.exp(-np.logaddexp(0, -z))

    def layer(self, name, z, params):
        squash = np.tanh if name == "c" else self.sigmoid
        return squash(z @ np.asarray(params["W_" + name]).T + params["b_" + name])

    def step(self, x, h_prev, c_prev, params):
        self.calls += 1
        z = np.concatenate((h_prev, x), axis=-1)
        f, i, c_tilde, o = (self.layer(name, z, params) for name in "fico")
        c = f * c_prev + i * c_tilde
        scope = locals()
        return o * np.tanh(c), c, {key: scope[key] for key in self.keys} | {"cell": self, 7: "an odd key", None: 0}

    def __call__(self, xs, h0, c0, params):
        steps = [(h0, c0, None)]
        for x in xs:
            steps.append(self.step(x, *steps[-1][:2], params))
        hs, cs, caches = zip(*steps[1:])
        return np.stack(hs), np.stack(cs), caches


lstm = LSTM()
init_params, lstm_cell_forward, lstm_forward = lstm.start, lstm.step, lstm
