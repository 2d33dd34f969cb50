"""One gate, from what it reads to what it lets through."""

import anywidget
import traitlets

from lstmbook import numbers
from lstmbook.widgets.bundle import read
from lstmbook.widgets.cell import Units

STARTS = {  # the layer's name in numbers.PARAMS, and what the gate filters
    "forget": ("f", numbers.C_PREV),
    "input": ("i", numbers.C_TILDE),
    "output": ("o", numbers.TANH_C),
}


class GateFigure(anywidget.AnyWidget):
    """One gate with all its steps: weights times what is read, a bias, the sigmoid, one multiplication.

    It starts from the documents' numbers, with the weights that lead to them.

    Parameters
    ----------
    gate : {'forget', 'input', 'output'}
        Which one; it filters the old cell state, the candidate, or the squashed cell state.
    h_prev : list of n floats in [-1, 1]
        Old hidden state.
    x : list of m floats in [-2, 2]
        Input.
    W : list of n lists of n + m floats
        Weights.
    b : list of n floats in [-12, 12]
        Biases.
    filtered : list of n floats
        What the gate is multiplied by.
    unit : int
        Whose sum is drawn, from 1 on.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).

    Raises
    ------
    traitlets.TraitError
        If the sizes do not fit together, or a number leaves its range.
    """

    _esm = read("lstm.js", "figure.js", "gate.js")
    _css = read("figure.css", "gate.css")

    gate = traitlets.Enum(list(STARTS), "forget").tag(sync=True)
    h_prev = Units(numbers.H_PREV, -1, 1).tag(sync=True)
    x = Units(numbers.X, -2, 2).tag(sync=True)
    W = traitlets.List(Units(())).tag(sync=True)
    b = Units((), -12, 12).tag(sync=True)
    filtered = Units(()).tag(sync=True)
    unit = traitlets.Int(1, min=1).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, gate="forget", **kwargs):
        if gate not in STARTS:
            raise traitlets.TraitError(f"gate is 'forget', 'input' or 'output'; got {gate!r}")
        layer, filtered = STARTS[gate]
        start = {"W": [list(row) for row in numbers.PARAMS[f"W_{layer}"]], "b": numbers.PARAMS[f"b_{layer}"]}
        super().__init__(**{"gate": gate, "filtered": filtered, **start, **kwargs})
        n, m = len(self.b), len(self.x)
        if not len(self.h_prev) == len(self.filtered) == len(self.W) == n or {len(row) for row in self.W} != {n + m}:
            raise traitlets.TraitError(
                f"W has {len(self.W)} rows of {sorted({len(row) for row in self.W})} numbers, h_prev has "
                f"{len(self.h_prev)}, x {m}, b {n} and filtered {len(self.filtered)}; W must be (n, n + m), "
                "the others (n,) but x (m,)"
            )

    @traitlets.default("presets")
    def _presets(self):
        layer, filtered = STARTS[self.gate]
        given = {"h_prev": list(numbers.H_PREV), "x": list(numbers.X), "filtered": list(filtered)}
        weights = {"W": [list(row) for row in numbers.PARAMS[f"W_{layer}"]], "b": list(numbers.PARAMS[f"b_{layer}"])}
        nothing = {"h_prev": [0.0] * len(numbers.H_PREV), "x": [0.0] * len(numbers.X)}
        n = len(filtered)
        return [
            {
                "label": "documents’ numbers",
                "set": {**given, **weights},
                "note": "The weights are ours, the documents give none: each layer has one thing to look at.",
            },
            {
                "label": "the bias alone",
                "set": {**nothing, "b": weights["b"]},
                "note": "Nothing is read, so nothing but the bias pushes the sum.",
            },
            {
                "label": "open it",
                "set": {**nothing, "b": [8.0] * n},
                "note": "A bias of 8: the gate is open, or nearly. The sigmoid never arrives at 1.",
            },
            {
                "label": "shut it",
                "set": {**nothing, "b": [-8.0] * n},
                "note": "A bias of −8: the gate is shut, or nearly. The sigmoid never arrives at 0.",
            },
        ]

    def __repr__(self):
        return f"GateFigure({self.gate!r}, x={list(self.x)}, b={list(self.b)})"
