"""What a hostile submission is made of: a notebook, what it earns honestly, and how that is called."""

from collections.abc import Callable
from dataclasses import dataclass, field

from nbformat.v4 import new_code_cell

from autograder.assignment import load
from tests.notebooks import solved

# Wrong everywhere, so that its honest score is nothing.
WRONG = "def update_cell(c_prev, f, i, c_tilde):\n    return 0 * c_prev + 7.0"

# The grader's own objects in the student's process.
SERVER = """
import gc, sys
server = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Server")
wire = sys.modules["wire"]
"""

UPDATE_CELL = "def update_cell(c_prev, f, i, c_tilde):\n    "


@dataclass(frozen=True)
class Due:
    """What one function earns: at most these points, and one of these statuses."""

    points: float
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Trick:
    """A submission. ``due`` has the functions that do not get full marks.

    ``make(places)`` gives the notebook (or text, or bytes); ``places`` tells its author more than a student can know:
    where the secrets are (see ``conftest.Secrets``).
    """

    make: Callable[[dict], object]
    due: dict[str, Due] = field(default_factory=dict)
    assignment: str = "gates"
    beside: dict[str, str] = field(default_factory=dict)  # other files in the student's folder
    says: tuple[str, ...] = ()  # texts that stand on its page
    hides: tuple[str, ...] = ()  # texts that stand on no page


def trick(update_cell=None, *, before="", after="", status="failed", due=None, assignment="gates", **rest):
    """A notebook that is right but for ``update_cell``, with cells put before and after all others.

    Parameters
    ----------
    update_cell : str, optional
        The function's body, or its whole source; nothing stands for wrong values.
    before, after : str or list of str
        Sources of code cells; ``{root}`` in them is the folder of the tests, and so on for the other places.
    status : str
        Of update_cell, which earns nothing; several, separated by blanks, where it is open which one it is.
    due : dict, optional
        ``{function: (points, statuses)}`` instead, for any functions.
    """
    source = WRONG if update_cell is None else update_cell
    if not source.startswith(("def update_cell", "update_cell =")):
        source = UPDATE_CELL + source.strip().replace("\n", "\n    ")
    if due is None:
        due = {"update_cell": (0, status)}
    solutions = {"update_cell": source} if assignment == "gates" else {}

    def make(places):
        return with_cells(solved(assignment, **solutions), filled(before, places), filled(after, places))

    return Trick(make, {name: Due(points, tuple(kinds.split())) for name, (points, kinds) in due.items()}, assignment, **rest)


def filled(sources, places):
    """The sources with ``{name}`` replaced by the place of that name."""
    for source in [sources] if isinstance(sources, str) else sources:
        for name, place in places.items():
            source = source.replace(f"{{{name}}}", str(place))
        if source:
            yield source


def with_cells(notebook, before=(), after=()):
    """The notebook with code cells put at its beginning and at its end."""
    first = [new_code_cell(source, id=f"before-{k}") for k, source in enumerate(before)]
    last = [new_code_cell(source, id=f"after-{k}") for k, source in enumerate(after)]
    notebook.cells = [*first, *notebook.cells, *last]
    return notebook


def everything(points, statuses, assignment="gates"):
    """The same for every function of an assignment."""
    return {check.function: (points, statuses) for check in load(assignment).checks}
