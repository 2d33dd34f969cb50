"""One LSTM cell as a picture whose inputs can be dragged."""

import math

import numpy as np
import traitlets

from lstmbook import numbers
from lstmbook.widgets import own_code
from lstmbook.widgets.bundle import read


class Units(traitlets.List):
    """A list with one number per unit, all of them between ``low`` and ``high``; an array is as good as a list."""

    def __init__(self, default, low=-math.inf, high=math.inf, **kwargs):
        self.low, self.high = low, high
        super().__init__(traitlets.Float(), list(default), **kwargs)

    def validate(self, obj, value):
        try:
            value = [float(number) for number in value]
        except (TypeError, ValueError):
            raise traitlets.TraitError(f"{self.name} is a list of numbers, one per unit; got {value!r}") from None
        if not all(math.isfinite(number) and self.low <= number <= self.high for number in value):
            limits = "finite" if math.isinf(self.low) else f"between {self.low:g} and {self.high:g}"
            raise traitlets.TraitError(f"every number of {self.name} must be {limits}; got {value}")
        return super().validate(obj, value)


class CellFigure(own_code.OwnCodeFigure):
    """One LSTM cell, from the old cell state and its four layers' outputs to the new cell state and the hidden state.

    The reader drags any of the inputs; ``c`` and ``h`` follow, in the front end and here. It starts from the
    documents' numbers.

    Parameters
    ----------
    forward : callable, optional
        A function of your own, ``lstm_cell_forward(x, h_prev, c_prev, params) → (h, c, cache)``. The sliders then set
        what its layers should say, and the wires carry what it returned, mistakes included.
    c_prev : list of n floats
        Old cell state.
    f, i, o : list of n floats in [0, 1]
        Forget, input and output gate.
    c_tilde : list of n floats in [-1, 1]
        Candidate.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).

    Attributes
    ----------
    c, h : list of n floats
        New cell state and hidden state of the figure's own cell; read-only.
    own : dict
        What your function gave: ``name``, ``steps`` (one) and ``problem``; empty without one.

    Raises
    ------
    TypeError
        If ``forward`` cannot be called.
    traitlets.TraitError
        If the inputs differ in length or leave their range.

    Examples
    --------
    >>> cell = CellFigure()
    >>> cell.c
    [2.8, 2.95, 3.0]
    >>> cell.f = [0, 0, 0]
    >>> cell.c
    [0.8, 0.45, 0.0]
    """

    _parts = ("lstm.js", "figure.js", "own-absent.js", "cell-drawings.js", "cell.js")
    _esm = read(*_parts)
    _css = read("figure.css", "cell-drawings.css", "cell.css")

    c_prev = Units(numbers.C_PREV).tag(sync=True)
    f = Units(numbers.F, 0, 1).tag(sync=True)
    i = Units(numbers.I, 0, 1).tag(sync=True)
    c_tilde = Units(numbers.C_TILDE, -1, 1).tag(sync=True)
    o = Units(numbers.O, 0, 1).tag(sync=True)
    c = Units((), read_only=True).tag(sync=True)
    h = Units((), read_only=True).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self):
        n = len(numbers.C)
        return [
            {
                "label": "documents’ numbers",
                "set": {name: list(getattr(numbers, name.upper())) for name in ("c_prev", "f", "i", "c_tilde", "o")},
                "note": f"Document 001 ends with h = {_row(numbers.H_PRINTED)}. That line stands alone: the tanh of "
                f"this c gives h = {_row(numbers.H)}.",
            },
            {
                "label": "shut the forget gate",
                "set": {"f": list(numbers.F_SHUT)},
                "note": "f = 0: nothing of the old cell state is left; c holds what is added.",
            },
            {
                "label": "open it",
                "set": {"f": list(numbers.F_OPEN)},
                "note": "f = 1: all of the old cell state is kept, and the new comes on top.",
            },
            {
                "label": "write nothing",
                "set": {"i": [0.0] * n},
                "note": "i = 0: whatever the candidate is, nothing is added; c holds what is kept.",
            },
            {
                "label": "carry unchanged",
                "set": {"f": list(numbers.F_OPEN), "i": [0.0] * n},
                "note": "f = 1, i = 0: c leaves the cell as it came. So a memory can last.",
            },
            {
                "label": "reveal all",
                "set": {"o": [1.0] * n},
                "note": "o = 1: h is all of tanh c. Where c is large, tanh is flat: h hardly tells 3 from 6.",
            },
        ]

    @traitlets.validate("c_prev", "f", "i", "c_tilde", "o")
    def _one_number_per_unit(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        for other in ("c_prev", "f", "i", "c_tilde", "o"):
            if len(value) != (n := len(getattr(self, other))):
                raise traitlets.TraitError(
                    f"{name} has {len(value)} numbers, but {other} has {n}: the cell's inputs all have one per unit"
                )
        return value

    @traitlets.observe("c_prev", "f", "i", "c_tilde", "o")
    def _recompute(self, change=None):
        units = list(zip(self.c_prev, self.f, self.i, self.c_tilde, self.o))
        c = [f * c_prev + i * c_tilde for c_prev, f, i, c_tilde, _ in units]
        self.set_trait("c", c)
        self.set_trait("h", [unit[-1] * math.tanh(c_k) for unit, c_k in zip(units, c)])
        if self._forward is not None:
            x, h_prev, params = self._read()
            self.set_trait("own", own_code.watch(self._forward, [x], h_prev, self.c_prev, params))

    def _read(self):
        """Input, old hidden state and parameters with which the four layers say what the sliders say.

        The weights are random, so that a function has to use all of them; the biases make up for them.
        """
        n, rng = len(self.c_prev), np.random.default_rng(0)
        x, h_prev = rng.uniform(-1, 1, 2), rng.uniform(-1, 1, n)
        params = {}
        with np.errstate(divide="ignore"):  # a gate that is quite open or shut
            for layer, said in {"f": self.f, "i": self.i, "c": self.c_tilde, "o": self.o}.items():
                z = np.arctanh(said) if layer == "c" else np.log(said) - np.log1p(np.negative(said))
                W = rng.uniform(-1, 1, (n, n + 2))
                params[f"W_{layer}"] = W
                params[f"b_{layer}"] = np.clip(z, -40, 40) - W @ np.concatenate([h_prev, x])
        return x, h_prev, params

    def __repr__(self):
        return f"CellFigure(c={_row(self.c)}, h={_row(self.h)})"


def _row(values):
    return "[" + ", ".join(f"{value:.4g}" for value in values) + "]"
