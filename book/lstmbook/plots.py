"""Plots for the pages: inline SVG in the page's own type and colours, so that it follows light and dark."""

import html
import io
import re

import matplotlib
from matplotlib.figure import Figure

# The figures' colours, by what is drawn: course.css's in light mode. On a page each becomes its CSS variable.
MEMORY, GATE, NEW, OUTPUT = "#a15c00", "#0c7a63", "#a03a84", "#2763b8"
INK, SOFT, RULE = "#222831", "#5a6271", "#dcd8cf"
VARIABLES = {
    MEMORY: "--lstm-memory",
    GATE: "--lstm-gate",
    NEW: "--lstm-new",
    OUTPUT: "--lstm-output",
    INK: "--pst-color-text-base",
    SOFT: "--pst-color-text-muted",
    RULE: "--pst-color-border",
}
STYLE = {
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 12,  # as large as course.css sets it on a phone, in a wide typeface: place enough for every label
    "grid.color": RULE,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2,
    "lines.solid_capstyle": "round",
    "svg.fonttype": "none",  # text stays text
    "text.color": INK,
    "xtick.color": SOFT,
    "xtick.major.pad": 8,  # the first one is clear of the y axis' lowest
    "xtick.major.size": 0,
    "ytick.color": SOFT,
    "ytick.major.size": 0,
}


class Plot:
    """One plot; the last line of a cell shows it.

    Parameters
    ----------
    alt : str
        What the plot shows, for those who cannot see it.
    width, height : float
        In units of which 420 fill a phone's screen, so that text is readable there too.

    Attributes
    ----------
    ax : matplotlib Axes
        To draw on, in the colours of this module.
    """

    def __init__(self, alt, width=420, height=250):
        self.alt = alt
        with matplotlib.rc_context(STYLE):
            self.figure = Figure(figsize=(width / 72, height / 72), layout="constrained")
            self.ax = self.figure.add_subplot()

    def _repr_html_(self):
        text = io.StringIO()
        # With its text for salt, a plot has the same ids in every build, and no two plots on a page share one.
        with matplotlib.rc_context(STYLE | {"svg.hashsalt": self.alt}):
            self.figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        svg = text.getvalue()
        svg = svg[svg.index("<svg") :]
        svg = re.sub(r"<!--.*?-->|<style.*?</style>", "", svg, flags=re.DOTALL)
        svg = re.sub(r'<g id="[^"]*"', "<g", svg)  # another plot on the page has the same
        svg = re.sub(r"font-(size|family): [^;]*; ?|font: [^;]*; ?", "", svg)
        svg = re.sub(r' (width|height)="[0-9.]+pt"', "", svg, count=2)
        for colour, variable in VARIABLES.items():
            svg = svg.replace(colour, f"var({variable}, {colour})")
        about = f'role="img" aria-label="{html.escape(self.alt)}" style="font: 11px system-ui, sans-serif"'
        svg = svg.replace("<svg ", f"<svg {about} ", 1)
        svg = re.sub(r">\s+<", "><", svg)
        return f'<div class="plot">{svg}</div>'
