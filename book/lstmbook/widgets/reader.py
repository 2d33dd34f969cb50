"""A trained network that reads what the reader types, and lets the reader take hold of every unit."""

import re

import anywidget
import numpy as np
import traitlets

from lstmbook.networks import stored
from lstmbook.widgets.bundle import read

HOLD = re.compile(r"(c_tilde|[fioch])([1-9]\d*)=(-?\d+(?:\.\d*)?)(?:@([1-9]\d*))?")
LAYERS = ("W_f", "b_f", "W_i", "b_i", "W_c", "b_c", "W_o", "b_o", "W_y", "b_y")


class ReaderFigure(anywidget.AnyWidget):
    """A trained LSTM reads a text, symbol by symbol, and says what comes next.

    The text stands in the colour of what a chosen unit made of each symbol; the unit's gates and states are drawn over
    time; each of them can be held at a value, for the whole text or at one step, and what the network then expects
    stands beside what it expects untouched. One step can be opened down to its multiplications.

    Parameters
    ----------
    network : str or dict
        The name of a network of the book, see ``lstmbook.networks``; or one of your own: ``params``, its parameters with
        ``W_y`` (k, n) and ``b_y`` (k,), and ``alphabet``, its k symbols in one-hot order.
    text : str
        What is read, up to 400 symbols of it. Symbols that the network does not know fall away.
    step : int from 1
        Where the reader looks; more than there are means the last.
    unit : int from 1
        Whose parts are drawn.
    part : {'f', 'i', 'c_tilde', 'o', 'c', 'h'}
        What colours the text.
    holds : list of str
        What is held: ``"h3=0"`` is unit 3's h at 0, at every step; ``"c3=-1.5@7"`` its c at -1.5, at step 7 alone.
    more : int
        How many symbols the network itself writes after the text, each drawn by its probability.
    temperature : float in [0.1, 2]
        By which the readout's numbers are divided before.
    seed : int
        Of the draw.
    opened : bool
        Whether the step is shown in numbers.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).
    caption : str

    Raises
    ------
    LookupError
        If the book has no network of this name.
    traitlets.TraitError
        If a parameter is missing, or a value leaves its range.

    Examples
    --------
    >>> ReaderFigure("counting_ab", text="aabb", holds=["c1=0@3"])
    ReaderFigure('counting_ab', text='aabb', holds=['c1=0@3'])
    """

    _esm = read("lstm.js", "figure.js", "reader.js")
    _css = read("figure.css", "sentence.css", "reader.css")

    network = traitlets.Dict().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int(400, min=1).tag(sync=True)
    unit = traitlets.Int(1, min=1).tag(sync=True)
    part = traitlets.Enum(("f", "i", "c_tilde", "o", "c", "h"), "c").tag(sync=True)
    holds = traitlets.List(traitlets.Unicode()).tag(sync=True)
    more = traitlets.Int(0, min=0, max=200).tag(sync=True)
    temperature = traitlets.Float(1.0, min=0.1, max=2).tag(sync=True)
    seed = traitlets.Int(1, min=0).tag(sync=True)
    opened = traitlets.Bool(False).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)

    def __init__(self, network="counting_ab", **kwargs):
        self._name = network if isinstance(network, str) else "your own"
        network = stored(network) if isinstance(network, str) else _plain(network)
        what = ("alphabet", "params", "grammar", "letters")  # what the figure draws with, of all that a file says
        kept = {key: network[key] for key in what if key in network}
        super().__init__(network=kept, **{"text": kept["alphabet"][:3], **kwargs})

    @traitlets.validate("holds")
    def _can_be_held(self, proposal):
        for hold in proposal["value"]:
            if not HOLD.fullmatch(hold):
                raise traitlets.TraitError(
                    f"holds has {hold!r}; expected a part, a unit and a value, such as 'h3=0', and a step where it is "
                    "for one step alone, as in 'c3=-1.5@7'"
                )
        return proposal["value"]

    @traitlets.validate("text")
    def _some_symbol(self, proposal):
        if not proposal["value"]:
            raise traitlets.TraitError("text is empty; give the network one symbol at least")
        return proposal["value"]

    def __repr__(self):
        return f"ReaderFigure({self._name!r}, text={self.text!r}, holds={self.holds})"


def _plain(network):
    """A reader's own network, its arrays as lists."""
    missing = [key for key in LAYERS if key not in network["params"]]
    if missing:
        raise traitlets.TraitError(f"params has no {', '.join(missing)}; expected all of {', '.join(LAYERS)}")
    return {**network, "params": {key: np.asarray(network["params"][key], dtype=float).tolist() for key in LAYERS}}
