"""A cell that reads a sentence, word by word, with all that it keeps, adds and shows on the way."""

import traitlets

from lstmbook.sentence import FORGET_BIAS, INPUT_BIAS, MOST_WORDS, PARAMS, SENTENCE, features
from lstmbook.widgets import own_code
from lstmbook.widgets.bundle import read


class SequencePlayer(own_code.OwnCodeFigure):
    """A small cell reads a sentence: play it, step through it, change the words or the biases.

    Gates, candidate and both states stand over the words; below them is what one unit's cell state is made of: how much
    of what each word wrote is left. It starts with the documents' sentence and the cell of chapter 9.

    Parameters
    ----------
    forward : callable, optional
        A function of your own, ``lstm_cell_forward(x, h_prev, c_prev, params) → (h, c, cache)``. It then computes
        every step, and the figure shows what came and what went wrong.
    sentence : str
        What is read, up to twelve words of it.
    step : int from 1 to 12
        Words read so far; more than there are means all.
    unit : int
        Whose cell state is taken apart, from 1 on.
    forget_bias : float in [-2, 8]
    input_bias : float in [-8, 4]
        Biases of the two gates, the same for all units.
    params : dict
        The cell's other parameters, for four features; see ``lstmbook.sentence``.
    presets : list of dict
        The figure's buttons: ``label``, ``set`` (values by trait) and ``note`` (what there is to see).

    Attributes
    ----------
    own : dict
        What your function gave: ``name``, ``steps`` and ``problem``; empty without one.

    Raises
    ------
    TypeError
        If ``forward`` cannot be called.
    traitlets.TraitError
        If there is no word in the sentence, or a number leaves its range.
    """

    _parts = ("lstm.js", "figure.js", "own-absent.js", "player.js")
    _esm = read(*_parts)
    _css = read("figure.css", "sentence.css", "player.css")

    sentence = traitlets.Unicode(SENTENCE).tag(sync=True)
    step = traitlets.Int(MOST_WORDS, min=1, max=MOST_WORDS).tag(sync=True)
    unit = traitlets.Int(1, min=1).tag(sync=True)
    forget_bias = traitlets.Float(FORGET_BIAS, min=-2, max=8).tag(sync=True)
    input_bias = traitlets.Float(INPUT_BIAS, min=-8, max=4).tag(sync=True)
    params = traitlets.Dict(PARAMS).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self):
        start = {"forget_bias": FORGET_BIAS, "input_bias": INPUT_BIAS}
        return [
            {
                "label": "four words",
                "set": {"sentence": SENTENCE, **start},
                "note": "Each unit opens its input gate for a word of its own. Unit 3 keeps quiet until the last one.",
            },
            {
                "label": "two sentences",
                "set": {"sentence": "John likes black coffee. Mary drinks tea.", **start},
                "note": "At Mary all forget gates shut. Unit 1 holds as much as before, and all of it is Mary’s.",
            },
            {
                "label": "the cat",
                "set": {"sentence": "The cat, which was hungry, sat on the mat", **start},
                "note": "To this cell was is the verb, for it ends in s. Unit 3 gathers what follows, far beyond 1.",
            },
            {
                "label": "a short memory",
                "set": {"forget_bias": 0.0, "input_bias": INPUT_BIAS},
                "note": "Forget bias 0: every step halves what the cell holds.",
            },
            {
                "label": "write everything",
                "set": {"forget_bias": FORGET_BIAS, "input_bias": 4.0},
                "note": "Input bias 4: all units write at every word, and the words after John write him away.",
            },
        ]

    @traitlets.validate("sentence")
    def _some_word(self, proposal):
        if not proposal["value"].split():
            raise traitlets.TraitError("sentence has no word; give it one at least")
        return proposal["value"]

    @traitlets.observe("sentence", "forget_bias", "input_bias", "params")
    def _recompute(self, change=None):
        if self._forward is None:
            return
        n = len(self.params["b_f"])
        params = {**self.params, "b_f": [self.forget_bias] * n, "b_i": [self.input_bias] * n}
        words = self.sentence.split()
        self.set_trait(
            "own", own_code.watch(self._forward, features(self.sentence), [0.0] * n, [0.0] * n, params, words)
        )

    def __repr__(self):
        return f"SequencePlayer({self.sentence!r}, forget_bias={self.forget_bias:g}, input_bias={self.input_bias:g})"
