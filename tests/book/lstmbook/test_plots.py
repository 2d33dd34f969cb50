"""Plots for the pages."""

import re

from lstmbook.plots import GATE, INK, Plot


def drawn(alt='a "gate" & more'):
    plot = Plot(alt)
    plot.ax.plot([0, 1], [0, 1], ".-", color=GATE)
    plot.ax.text(0.5, 0.5, "half", color=INK)
    return plot._repr_html_()


def test_plots_follow_the_page_and_speak():
    svg = drawn()
    assert f"stroke: var(--lstm-gate, {GATE})" in svg and ">half</text>" in svg
    assert 'aria-label="a &quot;gate&quot; &amp; more"' in svg
    assert "font-size" not in svg and "<style" not in svg and 'id="figure_1"' not in svg


def test_plots_are_the_same_every_time():
    assert drawn() == drawn()


def test_plots_share_no_id_with_another():
    one, other = (set(re.findall(r'\bid="([^"]*)"', drawn(alt))) for alt in ("one", "other"))
    assert one and not one & other
