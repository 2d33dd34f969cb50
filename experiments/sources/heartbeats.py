"""The heartbeats of chapter 22: ``python -m experiments.sources.heartbeats WHEEL ANNOTATIONS``.

WHEEL is SciPy 1.10's, ANNOTATIONS is record 208's, as ``book/data/sources/heartbeats/README.md`` says.
"""

import csv
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "book" / "data" / "sources" / "heartbeats"
# SciPy's excerpt is said to begin at 19:35. The annotated beats lie on its spikes, all five minutes long, if it begins
# 181 samples earlier, at 19:34.5.
BEGIN, LENGTH = 422_819, 108_000
BEATS = "NVFSQ"


def beats(text):
    """The beats of the excerpt, from an annotation file as ``rdann`` prints it.

    Parameters
    ----------
    text : str
        Each line: time, sample, kind, and more that is not used. Marks of rhythm and of noise are no beats.

    Returns
    -------
    list of (int, str)
        The sample, counted from the excerpt's beginning, and the kind: N, V, F, S or Q.
    """
    marks = [line.split()[:3] for line in text.splitlines()]
    found = [(int(mark[1]) - BEGIN, mark[2]) for mark in marks if len(mark) == 3 and mark[1].isdigit()]
    return [(sample, kind) for sample, kind in found if kind in BEATS and 0 <= sample < LENGTH]


def main(wheel, annotations):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        (FOLDER / "ecg.npz").write_bytes(archive.read("scipy/misc/ecg.dat"))  # that file is one that np.savez wrote
    with (FOLDER / "beats.csv").open("w", newline="", encoding="ascii") as file:
        csv.writer(file, lineterminator="\n").writerows([("sample", "kind"), *beats(Path(annotations).read_text())])
    print(f"stored {FOLDER}")


if __name__ == "__main__":
    main(*sys.argv[1:])
