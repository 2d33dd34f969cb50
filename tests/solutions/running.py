"""Running exercise notebooks in this process: quick, and every warning is an error."""

from dataclasses import dataclass

import matplotlib
import matplotlib.pyplot as plt


@dataclass
class Run:
    """What running a notebook's code cells left behind."""

    namespace: dict
    errors: dict  # grade_id, or the cell's place, of each cell that raised -> its exception


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def cells_of(notebook, **flags):
    """The cells with these nbgrader flags, by grade_id."""
    return {
        grade_id(cell): cell
        for cell in notebook.cells
        if grade_id(cell) and all(cell.metadata.nbgrader[flag] == value for flag, value in flags.items())
    }


def run(notebook) -> Run:
    """Run all code cells in order, as a notebook does: an error in one cell does not stop the next."""
    matplotlib.use("Agg")
    result = Run({"__name__": "__main__"}, {})
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            try:
                exec(compile(cell.source, f"<cell {place}: {grade_id(cell)}>", "exec"), result.namespace)
            except Exception as error:
                result.errors[grade_id(cell) or place] = error
    plt.close("all")
    return result
