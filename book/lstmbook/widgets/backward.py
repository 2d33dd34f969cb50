"""The way back through an LSTM as a picture: the slope of the loss on every wire, move by move."""

import math

import anywidget
import numpy as np
import traitlets

from lstmbook import numbers
from lstmbook.widgets.bundle import read
from lstmbook.widgets.cell import Units

WORKED = zip(numbers.O, numbers.C, numbers.WANTED)


class BackwardFigure(anywidget.AnyWidget):
    """One step of an LSTM, or a sequence, on the way back from the loss; it starts from the worked step.

    Each step has six moves. The reader makes them one by one and sees the slope arrive on each wire, beside the value
    that the wire carried forwards. The front end computes both.

    Parameters
    ----------
    xs : list of T lists of m floats
        Inputs.
    words : list of T str
        What the steps are called.
    h0, c0 : list of n floats
        States before the first step.
    params : dict of str to nested list
        ``W_f b_f W_i b_i W_c b_c W_o b_o``.
    dh : list of n floats
        Slope of the loss in h, at every step that it looks at.
    dc : list of n floats
        Slope in the last c, from beyond the sequence.
    loss_at : int in 0 … T
        The step that the loss looks at; 0 for all of them.
    forget_bias : float in [-4, 8]
        Takes the place of every number of ``b_f``; to begin with it is the first of them.
    at : int in 0 … 6 T
        Moves made so far.
    unit : int in 1 … n
        The unit that is shown in numbers.

    Raises
    ------
    traitlets.TraitError
        If the inputs' shapes do not belong together, or a number leaves its range.

    Examples
    --------
    >>> BackwardFigure(at=3)
    BackwardFigure(at=3, unit=1, forget_bias=1, loss_at=1)
    """

    _esm = read("lstm.js", "figure.js", "cell-drawings.js", "backward.js")
    _css = read("figure.css", "cell-drawings.css", "backward.css")

    xs = traitlets.List([list(numbers.X)]).tag(sync=True)
    words = traitlets.List(traitlets.Unicode(), [""]).tag(sync=True)
    h0 = Units(numbers.H_PREV).tag(sync=True)
    c0 = Units(numbers.C_PREV).tag(sync=True)
    params = traitlets.Dict().tag(sync=True)
    dh = Units(o * math.tanh(c) - wanted for o, c, wanted in WORKED).tag(sync=True)
    dc = Units(numbers.DC_NEXT).tag(sync=True)
    loss_at = traitlets.Int(1, min=0).tag(sync=True)
    forget_bias = traitlets.Float(min=-4, max=8).tag(sync=True)
    at = traitlets.Int(0, min=0).tag(sync=True)
    unit = traitlets.Int(1, min=1).tag(sync=True)

    def __init__(self, **kwargs):
        params = kwargs.get("params", numbers.PARAMS)
        kwargs["params"] = {name: np.asarray(values, dtype=float).tolist() for name, values in params.items()}
        kwargs.setdefault("forget_bias", kwargs["params"]["b_f"][0])
        super().__init__(**kwargs)

    @traitlets.validate("xs", "words", "h0", "c0", "params", "dh", "dc", "loss_at", "at", "unit")
    def _fits(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        n, T = len(self.h0), len(self.xs)
        shapes = {"xs": (T, len(self.xs[0])), "words": (T,), **dict.fromkeys(("h0", "c0", "dh", "dc"), (n,))}
        if name == "params":
            m = shapes["xs"][1]
            want = {f"{kind}_{layer}": shape for layer in "fico" for kind, shape in {"W": (n, n + m), "b": (n,)}.items()}
            got = {key: np.shape(values) for key, values in value.items()}
            if got != want:
                raise traitlets.TraitError(f"params has the shapes {got}; with these xs and h0 they must be {want}")
        elif name in shapes and np.shape(value) != shapes[name]:
            raise traitlets.TraitError(f"{name} has the shape {np.shape(value)}; expected {shapes[name]}")
        elif name in (most := {"loss_at": T, "at": 6 * T, "unit": n}) and value > most[name]:
            raise traitlets.TraitError(f"{name} must be at most {most[name]}; got {value}")
        return value

    def __repr__(self):
        return f"BackwardFigure(at={self.at}, unit={self.unit}, forget_bias={self.forget_bias:g}, loss_at={self.loss_at})"
