"""The two squashing functions and their slopes, at a point that can be dragged."""

import anywidget
import traitlets

from lstmbook.widgets.bundle import read


class SquashingFigure(anywidget.AnyWidget):
    """Sigmoid and tanh above their slopes, with a point z on all four curves.

    Parameters
    ----------
    z : float in [-6, 6]
        What is squashed.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (the value of ``z``) and ``note`` (what there is to see).

    Raises
    ------
    traitlets.TraitError
        If ``z`` lies beyond the picture.
    """

    _esm = read("lstm.js", "figure.js", "squashing.js")
    _css = read("figure.css", "squashing.css")

    z = traitlets.Float(2.0, min=-6, max=6).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self):
        return [
            {
                "label": "half way out",
                "set": {"z": 2.0},
                "note": "σ has two fifths of its greatest slope left, tanh one fourteenth.",
            },
            {
                "label": "the middle",
                "set": {"z": 0.0},
                "note": "Here both are steepest, tanh four times as steep as σ. σ says one half, tanh says nothing.",
            },
            {
                "label": "where the slopes meet",
                "set": {"z": 1.65},
                "note": "Up to here tanh is the steeper one. Further out it is σ, which goes flat more slowly.",
            },
            {
                "label": "saturated",
                "set": {"z": 5.0},
                "note": "Both are nearly 1 and nearly flat. Push z on to 6: the values hardly answer.",
            },
            {
                "label": "the other end",
                "set": {"z": -5.0},
                "note": "σ is nearly 0, tanh nearly −1: a shut gate, and a value as negative as it can be.",
            },
        ]

    def __repr__(self):
        return f"SquashingFigure(z={self.z:g})"
