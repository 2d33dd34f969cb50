"""The order in which each library stacks the four layers, as a picture."""

from lstmbook.layouts import ORDERS
from lstmbook.plots import GATE, INK, NEW, SOFT, Plot

NAMES = {"f": "forget", "i": "input", "c": "candidate", "o": "output"}
BOX = 0.13  # half the width that a letter's box takes of a column


def picture_of_orders():
    """The stacked matrix of each library from the top down, with a line that follows each layer from one to the next.

    Returns
    -------
    Plot
    """
    said = "; ".join(f"{library}: {', '.join(NAMES[layer] for layer in order)}" for library, order in ORDERS.items())
    plot = Plot(f"The four layers from the top rows to the bottom ones. {said}.", height=220)
    ax = plot.ax
    for layer, name in NAMES.items():
        rows = [order.index(layer) for order in ORDERS.values()]
        hue = NEW if layer == "c" else GATE
        ax.text(-0.3, rows[0], name, ha="right", va="center", color=hue)
        for column, (library, row) in enumerate(zip(ORDERS, rows)):
            letter = "g" if (library, layer) == ("PyTorch", "c") else layer
            box = {"boxstyle": "square,pad=0.4", "edgecolor": hue, "facecolor": "none"}
            ax.text(column, row, letter, ha="center", va="center", color=INK, family="monospace", bbox=box)
        for column, (row, next_row) in enumerate(zip(rows, rows[1:])):
            ax.plot([column + BOX, column + 1 - BOX], [row, next_row], color=hue, linewidth=1.2)
    for column, library in enumerate(ORDERS):
        ax.text(column, -0.8, library, ha="center", va="center", color=SOFT)
    ax.set(xlim=(-1.2, 3.4), ylim=(3.5, -1.1))
    ax.set_axis_off()
    return plot
