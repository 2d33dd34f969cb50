"""Clipping a gradient of two numbers."""

import anywidget
import traitlets

from lstmbook.widgets.bundle import read


class ClippingFigure(anywidget.AnyWidget):
    """A gradient of two numbers, one in W and one in b, shortened when their common norm is too great.

    Beside it stands what becomes of it when each number is clipped by itself.

    Parameters
    ----------
    g_W, g_b : float in [-5, 5]
        The two slopes.
    max_norm : float in [0, 5]
        The greatest norm.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).

    Raises
    ------
    traitlets.TraitError
        If a value leaves its range.
    """

    _esm = read("lstm.js", "figure.js", "dials.js", "clipping.js")
    _css = read("figure.css", "dials.css", "clipping.css")

    g_W = traitlets.Float(3.0, min=-5, max=5).tag(sync=True)
    g_b = traitlets.Float(4.0, min=-5, max=5).tag(sync=True)
    max_norm = traitlets.Float(2.5, min=0, max=5).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self):
        return [
            {
                "label": "too long",
                "set": {"g_W": 3.0, "g_b": 4.0, "max_norm": 2.5},
                "note": "3 and 4 have a norm of 5, twice too much. Half of each is left, and the direction stays.",
            },
            {
                "label": "short enough",
                "set": {"g_W": 1.5, "g_b": -1.0, "max_norm": 2.5},
                "note": "Inside the circle nothing happens.",
            },
            {
                "label": "one large, one small",
                "set": {"g_W": 5.0, "g_b": 1.0, "max_norm": 1.0},
                "note": "Number by number, only the large one is cut, and the step turns towards b, where little was to be "
                "gained.",
            },
            {
                "label": "at the limit",
                "set": {"g_W": 3.0, "g_b": 4.0, "max_norm": 5.0},
                "note": "A norm of 5 where 5 is allowed: nothing changes here either.",
            },
        ]

    def __repr__(self):
        return f"ClippingFigure(g_W={self.g_W:g}, g_b={self.g_b:g}, max_norm={self.max_norm:g})"
