"""How much of a gradient is left on its way back, in a cell and in a plain network."""

import anywidget
import traitlets

from lstmbook.widgets.bundle import read


class RoadFigure(anywidget.AnyWidget):
    """A gradient on its way back along the cell state, and through an RNN with one unit, on a logarithmic scale.

    The RNN's unit is chapter 1's: h_t = tanh(w h_{t−1} + x_t); it has read a 1 and then zeros.

    Parameters
    ----------
    f : float in [0, 1]
        The forget gate, the same at every step.
    w : float in [0, 2]
        The weight of the RNN's unit on itself.
    T : int in [1, 100]
        How many steps back.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).

    Raises
    ------
    traitlets.TraitError
        If a value leaves its range.
    """

    _esm = read("lstm.js", "figure.js", "dials.js", "road.js")
    _css = read("figure.css", "dials.css", "road.css")

    f = traitlets.Float(0.731, min=0, max=1).tag(sync=True)
    w = traitlets.Float(1.0, min=0, max=2).tag(sync=True)
    T = traitlets.Int(30, min=1, max=100).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self):
        return [
            {
                "label": "forget bias 1",
                "set": {"f": 0.731, "T": 30},
                "note": "σ(1) = 0.731: after 30 steps 8 of 100,000 parts are left. The usual start is no open road.",
            },
            {
                "label": "half open",
                "set": {"f": 0.5, "T": 30},
                "note": "The documents’ gate: half is lost at each step, and after 30 one part in a thousand million is left.",
            },
            {
                "label": "nearly open",
                "set": {"f": 0.99, "T": 100},
                "note": "A third is left after 100 steps. On this scale that is next to nothing lost.",
            },
            {
                "label": "the carousel",
                "set": {"f": 1.0, "T": 100},
                "note": "f = 1, and only then, is the factor 1, and all that was noticed at the end arrives.",
            },
            {
                "label": "the cat’s unit",
                "set": {"w": 1.0, "T": 4},
                "note": "Chapter 1’s network: 0.23 is left after four words.",
            },
            {
                "label": "a larger weight",
                "set": {"w": 1.5, "T": 30},
                "note": "Without tanh it would explode. With it, the unit stays near 0.86, where tanh is flat, and less "
                "gets through than with a weight of 1.",
            },
        ]

    def __repr__(self):
        return f"RoadFigure(f={self.f:g}, w={self.w:g}, T={self.T})"
