"""Fresh inputs for the checks: sizes that all differ, states and biases that are not zero."""

import numpy as np

from autograder.reference import lstm_cell_forward, lstm_forward


class Draw:
    """Draws inputs from one generator; ``m, n, B, T`` are drawn once, all different and none of them 1."""

    def __init__(self, rng: np.random.Generator):
        self.rng = rng
        self.m, self.n, self.B, self.T = (int(size) for size in rng.permutation([2, 3, 4, 5, 6, 7])[:4])

    def normal(self, *shape, scale=1.0):
        return self.rng.normal(size=shape) * scale

    def between(self, low, high, *shape):
        return self.rng.uniform(low, high, size=shape)

    def params(self, scale=1.0, m=None, n=None, layers="fico", peepholes=""):
        """Parameters of the layers that are named, biases drawn too; ``peepholes`` names those of the diagonals."""
        m, n, params = m or self.m, n or self.n, {}
        for layer in layers:
            params[f"W_{layer}"] = self.normal(n, n + m, scale=scale * 0.7)
            params[f"b_{layer}"] = self.normal(n, scale=scale * 0.7)
        return params | {f"p_{layer}": self.normal(n, scale=scale * 0.7) for layer in peepholes}

    def step(self, *batch, scale=1.0):
        """``x, h_prev, c_prev, params`` of one step."""
        return (
            self.normal(*batch, self.m),
            self.between(-1, 1, *batch, self.n),
            self.normal(*batch, self.n, scale=2),
            self.params(scale),
        )

    def sequence(self, T, *batch, scale=1.0):
        """``xs, h0, c0, params`` of T steps."""
        x, h0, c0, params = self.step(*batch, scale=scale)
        return self.normal(T, *batch, self.m), h0, c0, params

    def cell_cache(self, *batch, scale=1.0):
        """A cell's cache as the reference leaves it, and its parameters."""
        x, h_prev, c_prev, params = self.step(*batch, scale=scale)
        return lstm_cell_forward(x, h_prev, c_prev, params)[2], params

    def caches(self, T, *batch, scale=1.0):
        """The caches of T steps as the reference leaves them, and the parameters."""
        xs, h0, c0, params = self.sequence(T, *batch, scale=scale)
        return lstm_forward(xs, h0, c0, params)[2], params
