"""Does the cost of a submission depend on the size of the class? Time, the grader's memory, and the writer's share.

    python -m benchmarks.scale [SIZE …]

Grades classes of copies of one solved `gates` notebook, each in a fresh process, and writes results/scale.json and
results/scale.png. Start-up (imports, the warm process, its walls) is taken off the time and told on its own. The writer
is what a cluster's client does besides handing out jobs: record, pages, formgrader's notebooks, gradebook, grades.csv.
"""

from __future__ import annotations

import os

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "MPLBACKEND": "agg"}

import contextlib  # noqa: E402
import json  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from unittest import mock  # noqa: E402

from benchmarks.machine import RESULTS, machine  # noqa: E402
from tests.processes import parents  # noqa: E402

NAME = "gates"
SIZES = (10, 30, 100, 300, 1000, 2000)


def grade(folder: Path, count: int) -> dict:
    """Grade a class in this process."""
    began = time.perf_counter()
    from autograder import classroom, gradebook, grades_csv, journal

    writing, first = [], []

    def timed(function):
        def run(*arguments):
            start = time.perf_counter()
            try:
                return function(*arguments)
            finally:
                writing.append(time.perf_counter() - start)
                first.append(start)

        return run

    writers = [
        (journal.Journal, "add"),
        (journal.Journal, "written"),
        (classroom, "write_pages"),
        (gradebook.Recorder, "catch_up"),
        (grades_csv, "write"),
    ]
    for owner, name in writers:
        mock.patch.object(owner, name, timed(getattr(owner, name))).start()
    classroom.grade_class(NAME, folder / "submitted", folder / "out", progress=False)
    ended = time.perf_counter()
    start_up = first[1] - began  # the record is opened, then nothing is written until the first verdict has come
    return {
        "submissions": count,
        "start_up_s": round(start_up, 3),
        "per_submission_s": round((ended - began - start_up) / (count - 1), 4),
        "writer_s": round(sum(writing) / count, 4),
    }


def memory_mb(pid: int) -> float:
    """What a grader and its workers hold now; what they share is counted once."""
    held = 0
    for process in [pid, *(child for (child, _), parent in parents().items() if parent == pid)]:
        with contextlib.suppress(OSError), open(f"/proc/{process}/smaps_rollup") as file:
            held += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    return held / 1024


def measured(sizes) -> list[dict]:
    """One fresh process for each size."""
    from benchmarks.grading import hand_in_copies

    rows = []
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            hand_in_copies(Path(folder) / "submitted", count)
            words = [sys.executable, "-m", "benchmarks.scale", "--one", folder, str(count)]
            process, peak = subprocess.Popen(words, stdout=subprocess.PIPE, text=True), 0.0
            while process.poll() is None:
                peak = max(peak, memory_mb(process.pid))
                time.sleep(0.5)
        assert process.returncode == 0
        rows.append(json.loads(process.stdout.read()) | {"memory_mb": round(peak)})
        print(rows[-1], flush=True)
    return rows


def plot(rows, path: Path):
    from matplotlib import pyplot

    sizes = [row["submissions"] for row in rows]
    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    each, writer = ([1000 * row[key] for row in rows] for key in ("per_submission_s", "writer_s"))
    times.plot(sizes, each, "o-", label="in all")
    times.plot(sizes, writer, "s-", label="of it the writer's")
    times.set(xscale="log", xlabel="submissions in the class", ylabel="ms for a submission", ylim=(0, 1.2 * max(each)))
    times.legend(frameon=False)
    memory.plot(sizes, [row["memory_mb"] for row in rows], "o-")
    memory.axhline(300, color="grey", linestyle=":")
    memory.text(sizes[0], 303, "limit", color="grey")
    memory.set(xscale="log", xlabel="submissions in the class", ylabel="the grader's memory, MB", ylim=(0, 330))
    for axes in (times, memory):
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xticks(sizes, map(str, sizes))
        axes.minorticks_off()
    figure.savefig(path, dpi=120, metadata={"Software": None})


def main(*sizes):
    rows = measured([int(size) for size in sizes] or SIZES)
    result = {"command": " ".join(["python -m benchmarks.scale", *sizes]), "machine": machine(), "classes": rows}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scale.json").write_text(json.dumps(result, indent=1) + "\n")
    plot(rows, RESULTS / "scale.png")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(grade(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        main(*sys.argv[1:])
