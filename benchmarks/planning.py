"""What grading very many submissions costs, part by part: the figures of the instructor's plan.

    python -m benchmarks.planning [STUDENTS]

Measured are a worker's share (intake, sandbox, checks), for each assignment; Dask's, for a task; and the client's: the
record, pages, formgrader's notebooks, and the gradebook in SQLite and in PostgreSQL, for a class of so many students
whose verdicts are already there. Times are CPU seconds of all processes that take part, which a busy machine does not
change much. PostgreSQL is started for the run. Written to ``book/data/planning.json``, which the book's plan computes
with.
"""

from __future__ import annotations

import os

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

import contextlib  # noqa: E402
import json  # noqa: E402
import pickle  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from dataclasses import replace  # noqa: E402
from functools import cache, partial  # noqa: E402
from pathlib import Path  # noqa: E402

import nbformat  # noqa: E402
import psutil  # noqa: E402
import sqlalchemy as sql  # noqa: E402
from distributed import LocalCluster  # noqa: E402

from autograder import classroom, cluster, fingerprint  # noqa: E402
from autograder.assignment import ASSIGNMENTS, load  # noqa: E402
from autograder.grade import Grader, Job  # noqa: E402
from autograder.gradebook import Recorder  # noqa: E402
from autograder.intake import Collected  # noqa: E402
from autograder.journal import Journal  # noqa: E402
from autograder.verdict import Verdict  # noqa: E402
from benchmarks.machine import machine  # noqa: E402
from tests import postgres  # noqa: E402
from tests.notebooks import solved  # noqa: E402

TARGET = Path(__file__).parent.parent / "book" / "data" / "planning.json"
NAME = "bptt"  # which the client's share is measured with
REPEATS = {"training": 1}  # submissions that a worker is measured by
MOST = 20
FILES = 200  # students whose pages are written


def cpu_s(process: psutil.Process | None = None) -> float:
    """CPU seconds of a process (default: this one), of all below it, and of those below it that have ended."""
    process = process or psutil.Process()
    return sum(sum(one.cpu_times()[:4]) for one in [process, *process.children(recursive=True)])


@cache
def hand_in(name: str) -> bytes:
    """A right submission."""
    return nbformat.writes(solved(name)).encode()


@cache
def verdict(name: str) -> Verdict:
    with contextlib.closing(Grader()) as grader:
        return grader(Job(Collected("anna", hand_in(name)), name, 1))


def worker(name: str) -> dict[str, float]:
    """A worker's CPU seconds: to be ready, and for one right submission; and what travels for that, in bytes."""
    count = REPEATS.get(name, MOST)

    def used(jobs: int) -> float:
        before, students = cpu_s(), []
        with contextlib.closing(Grader()) as grader:
            grader.start()
            order = grader.sandbox.order

            def counted(op, **rest):  # a student's process is gone without a trace when it has been ended
                if op == "end":
                    students.append(order("usage")["cpu"])
                return order(op, **rest)

            grader.sandbox.order = counted
            for seed in range(jobs):
                grader(Job(Collected("anna", hand_in(name)), name, seed))
            return cpu_s() - before + sum(students)

    size = len(pickle.dumps(verdict(name)))  # and all is loaded that is loaded once
    ready = used(0)
    return {
        "ready_s": round(ready, 2),
        "submission_s": round((used(count) - ready) / count, 4),
        "hand_in_bytes": len(hand_in(name)),
        "verdict_bytes": size,
    }


class Instant:
    """A grader that has its verdict ready."""

    def __init__(self, verdict):
        self.verdict = verdict

    def __call__(self, job):
        return replace(self.verdict, student=job.collected.student)

    def close(self):
        pass


def task(count: int) -> float:
    """CPU seconds of the client, and of the scheduler within it, to send a submission to a worker and have its verdict."""
    jobs = (Job(Collected(f"student-{number}", hand_in(NAME)), NAME, number) for number in range(count))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        verdicts = cluster.mapped(jobs, partial(Instant, verdict(NAME)), local.scheduler_address)
        next(verdicts)  # its workers are there
        before = time.process_time()
        assert sum(1 for _ in verdicts) == count - 1
        return round((time.process_time() - before) / count, 5)


def files(folder: Path, count: int) -> dict[str, float]:
    """CPU seconds for the record, the page and formgrader's notebook of a student, and how large they are."""
    with Journal(folder / "instructor" / f"{NAME}.jsonl") as record:
        record.begin(1, ())
        before = time.process_time()
        for number in range(count):
            one = replace(verdict(NAME), student=f"student-{number}")
            collected = Collected(one.student, hand_in(NAME))
            record.add(one, fingerprint.of_hand_in(collected), "")
            classroom.write_pages(folder, one, collected, load(NAME), "")
        used = time.process_time() - before
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"submission_s": round(used / count, 5), "submission_bytes": size // count}


def gradebook(url: str, count: int, server: psutil.Process | None = None) -> dict[str, float]:
    """CPU and wall seconds for a student in the gradebook; ``server_s`` is the database's own part."""
    everyone = [replace(verdict(NAME), student=f"student-{number}") for number in range(count)]
    with Recorder(url, load(NAME)) as recorder:
        recorder.record(*everyone[:10])
        own, theirs, wall = time.process_time(), cpu_s(server) if server else 0.0, time.perf_counter()
        for start in range(0, count, classroom.AT_ONCE):
            recorder.catch_up(everyone[start : start + classroom.AT_ONCE])
        used, wall = time.process_time() - own, time.perf_counter() - wall
        served = cpu_s(server) - theirs if server else 0.0
    return {
        "submission_s": round(used / count, 5),
        "server_s": round(served / count, 5),
        "students_per_wall_second": round(count / wall),
    }


def main(students: int = 2000):
    found = {
        "command": f"python -m benchmarks.planning {students}",
        "machine": machine(),
        "students": students,
        "workers": {},
    }
    for name in ASSIGNMENTS:
        found["workers"][name] = worker(name)
        print(name, found["workers"][name], flush=True)
    found["task_s"] = task(FILES)
    with tempfile.TemporaryDirectory() as folder:
        found["files"] = files(Path(folder), FILES)
    print("task", found["task_s"], "files", found["files"], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gradebook.db"
        found["sqlite"] = gradebook(f"sqlite:///{path}", students) | {"bytes": path.stat().st_size // students}
    with postgres.server() as server:
        url = server.new_database()
        postmaster = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))
        found["postgresql"] = gradebook(url, students, postmaster)
        engine = sql.create_engine(url)
        with engine.connect() as connection:
            found["postgresql"]["bytes"] = (
                connection.scalar(sql.text("select pg_database_size(current_database())")) // students
            )
        engine.dispose()
    print("sqlite", found["sqlite"], "postgresql", found["postgresql"])
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
