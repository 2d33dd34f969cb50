"""The forget bias, and how long a cell remembers."""

import anywidget
import traitlets

from lstmbook.widgets.bundle import read


class ForgetBiasFigure(anywidget.AnyWidget):
    """What is left of a memory, step by step, when the forget gate's bias alone decides: f = σ(b_f).

    Parameters
    ----------
    b_f : float in [-2, 8]
        The forget gate's bias.
    lag : int in [1, 100]
        The distance, in steps, over which something is to be remembered.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).

    Raises
    ------
    traitlets.TraitError
        If a value leaves its range.
    """

    _esm = read("lstm.js", "figure.js", "dials.js", "forget_bias.js")
    _css = read("figure.css", "dials.css", "forget_bias.css")

    b_f = traitlets.Float(1.0, min=-2, max=8).tag(sync=True)
    lag = traitlets.Int(30, min=1, max=100).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self):
        return [
            {
                "label": "bias 0",
                "set": {"b_f": 0.0},
                "note": "What a layer begins with when nobody thinks of it: half is lost at each step.",
            },
            {
                "label": "bias 1",
                "set": {"b_f": 1.0},
                "note": "The documents’ advice, and what Keras does: a half-life of two steps.",
            },
            {
                "label": "bias 2",
                "set": {"b_f": 2.0},
                "note": "Document 003’s other number: five steps. Enough for a clause.",
            },
            {
                "label": "bias 5",
                "set": {"b_f": 5.0},
                "note": "A half-life of 103 steps. A bias five times as large, and a memory 47 times as long.",
            },
        ]

    def __repr__(self):
        return f"ForgetBiasFigure(b_f={self.b_f:g}, lag={self.lag})"
