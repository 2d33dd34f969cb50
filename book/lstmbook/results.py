"""What the experiments found: ``python -m experiments`` stores it, pages plot it."""

import json
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data"


def results(name, **wanted):
    """The runs of an experiment.

    Parameters
    ----------
    name : str
        The experiment.
    **wanted
        Which runs: those whose entries are these.

    Returns
    -------
    list of dict
        One for each run, with its ``seed``.

    Raises
    ------
    LookupError
        If no run is as wanted.
    """
    runs = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["runs"]
    found = [run for run in runs if all(run[key] == value for key, value in wanted.items())]
    if not found:
        raise LookupError(f"{name} has no run with {wanted}; its runs have {sorted(runs[0])}")
    return found
