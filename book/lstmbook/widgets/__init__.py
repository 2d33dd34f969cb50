"""Living figures: ipywidgets that recompute in JupyterLab and, with no kernel, on the book's pages.

One figure is one small Python class and one ES module beside it. All of them share ``lstm.js``.
"""

from lstmbook.widgets.backward import BackwardFigure
from lstmbook.widgets.cell import CellFigure
from lstmbook.widgets.clipping import ClippingFigure
from lstmbook.widgets.forget_bias import ForgetBiasFigure
from lstmbook.widgets.gate import GateFigure
from lstmbook.widgets.player import SequencePlayer
from lstmbook.widgets.reader import ReaderFigure
from lstmbook.widgets.road import RoadFigure
from lstmbook.widgets.squashing import SquashingFigure

__all__ = [
    "BackwardFigure",
    "CellFigure",
    "ClippingFigure",
    "ForgetBiasFigure",
    "GateFigure",
    "ReaderFigure",
    "RoadFigure",
    "SequencePlayer",
    "SquashingFigure",
]
