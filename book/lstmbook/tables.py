"""Worked numbers as a table: one column per unit of the cell, one row per value."""


class Worked:
    """A table of vectors, unit by unit; the last line of a cell shows it.

    Parameters
    ----------
    rows : dict of str to sequence of n floats
        What each row is called (Markdown with formulas) and its numbers. A name that ends in ``=`` is a result; its
        row is set in bold, without the sign.
    """

    def __init__(self, rows):
        self.rows = rows

    def _repr_markdown_(self):
        units = len(next(iter(self.rows.values())))
        lines = ["| | " + " | ".join(f"unit {k + 1}" for k in range(units)) + " |", "|:--|" + "--:|" * units]
        for name, values in self.rows.items():
            cells = [f"{value + 0.0:.4g}".replace("-", "−") for value in values]  # no minus zero, and a true minus
            if name.endswith("="):
                name, cells = name[:-1].rstrip(), [f"**{cell}**" for cell in cells]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        return "\n".join(lines)
