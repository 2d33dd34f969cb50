"""Three real series for chapter 19: sunspots by the year, bikes by the hour, the price of oil by the day."""

import csv
import gzip
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "data" / "sources" / "series"


def columns(name):
    """A series' columns.

    Parameters
    ----------
    name : str
        ``sunspots``, ``bikes`` or ``oil``; ``book/data/sources/series/README.md`` says what each has.

    Returns
    -------
    dict of str to ndarray of shape (N,)
        Numbers; of ``oil`` the days as ``datetime64``.

    Examples
    --------
    >>> columns("sunspots")["sunspots"][:5]
    array([ 5., 11., 16., 23., 36.])
    """
    with gzip.open(FOLDER / f"{name}.csv.gz", "rt", encoding="ascii", newline="") as file:
        names, *rows = csv.reader(file)
    types = ["datetime64[D]" if column == "day" else float for column in names]
    return {column: np.array(values, dtype) for column, dtype, values in zip(names, types, zip(*rows), strict=True)}
