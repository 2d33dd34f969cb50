"""Where results are kept: one small JSON file per experiment, for the book's pages."""

import json
import platform
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "book" / "data"


def store(name, result, folder=FOLDER):
    """Write an experiment's result.

    Parameters
    ----------
    name : str
        The experiment's module.
    result : dict
        ``settings``, a dict, and ``runs``, a list of dicts with a ``seed`` each: what `run` returned.
    folder : Path

    Returns
    -------
    Path
        The file: the command that remakes it, the versions it was made with, then `result`, with four digits of each
        number and a line for each run.
    """
    head = made(name) | {"settings": result["settings"]}
    lines = [f'"{key}": {json.dumps(plain(value), ensure_ascii=False)},' for key, value in head.items()]
    runs = [json.dumps(plain(run), ensure_ascii=False) for run in result["runs"]]
    path = folder / f"{name}.json"
    path.write_text("{\n" + "\n".join(lines) + '\n"runs": [\n' + ",\n".join(runs) + "\n]}\n", encoding="utf-8")
    return path


def made(name):
    """How a file was made: the command that remakes it, and with which versions it did."""
    versions = {"python": platform.python_version(), "numpy": np.__version__, "machine": platform.machine()}
    return {"command": f"python -m experiments {name}", "versions": versions}


def plain(value):
    """The same in JSON's own types, with four digits of each number that is not whole.

    Examples
    --------
    >>> plain({"errors": np.array([0.123456, 2.0]), "seed": np.int64(3)})
    {'errors': [0.1235, 2.0], 'seed': 3}
    """
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, range, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return float(f"{value:.4g}") if isinstance(value, float) else value
