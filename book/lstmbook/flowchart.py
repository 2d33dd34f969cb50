"""One step of the cell as a flow chart, with the names of document 000 beside the course's."""

from matplotlib.patches import FancyBboxPatch

from lstmbook.plots import GATE, INK, MEMORY, NEW, OUTPUT, SOFT, Plot

ALT = (
    "Flow chart of one step. The old hidden state, CURRHS, and the input, INP, are put one behind the other and go to "
    "four layers: forget gate, FGOP; input gate, IPGOP; candidate, CNDCS; output gate, OGOP. The forget gate multiplies "
    "the old cell state, CURRCS. The input gate multiplies the candidate. The two products are added and make the new "
    "cell state, NEWCS, which goes to the next step and, through tanh, to a product with the output gate. That is the "
    "new hidden state, NEWHS: the output, which also goes to the next step and to the next layer."
)
HEIGHT = 4.8  # of a box

# Boxes: centre, width, hue, name, and both symbols. The chart is 42 wide.
F, I, C_TILDE, O = 5, 15.6, 26.2, 36.8  # where the four layers stand
BOXES = [
    ((5.8, 51), 11, MEMORY, "old cell state", "cₜ₋₁ · CURRCS"),
    ((19, 51), 11.6, OUTPUT, "old hidden state", "hₜ₋₁ · CURRHS"),
    ((33, 51), 9.6, INK, "input", "xₜ · INP"),
    ((26, 43), 14.4, INK, "one behind the other", "[hₜ₋₁, xₜ]"),
    ((F, 33.5), 9.6, GATE, "forget gate", "fₜ · FGOP"),
    ((I, 33.5), 9.6, GATE, "input gate", "iₜ · IPGOP"),
    ((C_TILDE, 33.5), 9.6, NEW, "candidate", "c̃ₜ · CNDCS"),
    ((O, 33.5), 9.6, GATE, "output gate", "oₜ · OGOP"),
    ((5.5, 12.5), 10.4, MEMORY, "new cell state", "cₜ · NEWCS"),
    ((36, 5), 11.6, OUTPUT, "new hidden state", "hₜ · NEWHS"),
]
# Lines, with an arrow at their end: hue and corners.
LINES = [
    (OUTPUT, [(19, 48.6), (19, 47), (24, 47), (24, 45.4)]),
    (INK, [(33, 48.6), (33, 47), (28, 47), (28, 45.4)]),
    *[(SOFT, [(26, 40.6), (26, 38.8), (layer, 38.8), (layer, 35.9)]) for layer in (F, I, C_TILDE, O)],
    (MEMORY, [(10.3, 48.6), (10.3, 26), (F + 1.2, 26)]),
    (GATE, [(F, 31.1), (F, 27.2)]),
    (GATE, [(I, 31.1), (I, 26), (19.7, 26)]),
    (NEW, [(C_TILDE, 31.1), (C_TILDE, 26), (22.1, 26)]),
    (MEMORY, [(F, 24.8), (F, 20.7)]),
    (NEW, [(20.9, 24.8), (20.9, 19.5), (F + 1.2, 19.5)]),
    (MEMORY, [(F, 18.3), (F, 14.9)]),
    (MEMORY, [(F, 10.1), (F, 3.6)]),
    (MEMORY, [(10.7, 12.5), (18.5, 12.5)]),
    (OUTPUT, [(23.3, 12.5), (O - 1.2, 12.5)]),
    (GATE, [(O, 31.1), (O, 13.7)]),
    (OUTPUT, [(O, 11.3), (O, 7.4)]),
    (OUTPUT, [(30.2, 5), (26.5, 5)]),
]
SIGNS = [(F, 26, "×"), (20.9, 26, "×"), (F, 19.5, "+"), (20.9, 12.5, "tanh"), (O, 12.5, "×")]
WORDS = [
    *[(layer + 0.6, 37.4, curve, "left") for layer, curve in [(F, "σ"), (I, "σ"), (C_TILDE, "tanh"), (O, "σ")]],
    (F, 2.2, "next step", "center"),
    (25.6, 5.9, "output, next step,", "right"),
    (25.6, 4.1, "next layer", "right"),
]


def flow_chart():
    """The chart of document 000, with the input gate's own value and the old cell state, which it leaves out.

    Returns
    -------
    Plot
    """
    plot = Plot(ALT, height=540)
    ax = plot.ax
    for (x, y), width, hue, name, symbols in BOXES:
        corner = (x - width / 2, y - HEIGHT / 2)
        ax.add_patch(FancyBboxPatch(corner, width, HEIGHT, "round,pad=0,rounding_size=0.6", fill=False, edgecolor=hue))
        ax.text(x, y + 1.05, name, ha="center", va="center", color=INK)
        ax.text(x, y - 1.15, symbols, ha="center", va="center", color=hue)
    for hue, corners in LINES:
        ax.plot(*zip(*corners), color=hue, linewidth=1.4)
        arrow = {"arrowstyle": "-|>", "color": hue, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", corners[-1], corners[-2], arrowprops=arrow)
    for x, y, sign in SIGNS:
        width = 4.4 if sign == "tanh" else 2.4
        corner = (x - width / 2, y - 1.2)
        ax.add_patch(FancyBboxPatch(corner, width, 2.4, "round,pad=0,rounding_size=1.2", fill=False, edgecolor=INK))
        ax.text(x, y - 0.1, sign, ha="center", va="center", color=INK)
    for x, y, words, side in WORDS:
        ax.text(x, y, words, ha=side, va="center", color=SOFT)
    ax.set(xlim=(0, 42), ylim=(1, 53.6))
    ax.set_axis_off()
    return plot
