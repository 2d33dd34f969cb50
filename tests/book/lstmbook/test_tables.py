"""Worked numbers as a table."""

from lstmbook import numbers
from lstmbook.tables import Worked


def test_worked_numbers_are_a_table_with_results_in_bold():
    rows = {"$c$": numbers.C_PREV, "slope": (-0.5, -0.0, 1e-5), "kept =": numbers.KEPT}
    assert Worked(rows)._repr_markdown_().splitlines() == [
        "| | unit 1 | unit 2 | unit 3 |",
        "|:--|--:|--:|--:|",
        "| $c$ | 4 | 5 | 6 |",
        "| slope | −0.5 | 0 | 1e−05 |",
        "| kept | **2** | **2.5** | **3** |",
    ]
