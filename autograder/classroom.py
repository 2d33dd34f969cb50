"""Grading a class: submissions in, grades.csv, feedback pages and the gradebook out, with one writer."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from tqdm import tqdm

from autograder import atomic, cluster, feedback, formgrader, grades_csv
from autograder.assignment import load
from autograder.errors import UserError
from autograder.grade import Grader, Job
from autograder.gradebook import Recorder
from autograder.intake import collect
from autograder.sandbox import LIMITS, Limits
from autograder.student_id import safe_id
from autograder.verdict import Verdict

RECORD_EVERY = 100  # verdicts in one transaction of the gradebook


def grade_class(
    name: str,
    submissions,
    out,
    workers: int = 1,
    scheduler: str | None = None,
    db_url: str | None = None,
    trusted: bool = False,
    seed: int | None = None,
    book_url: str = "",
    limits: Limits = LIMITS,
    progress: bool = True,
) -> list[Verdict]:
    """Grade a folder of submissions: grades.csv, feedback pages, the gradebook, and a record for the instructor.

    Parameters
    ----------
    name : str
        The assignment.
    submissions : path
        Holds ``<student>/NAME/NAME.ipynb``.
    out : path
        Gets ``grades.csv``, ``feedback/<student>/NAME.html``, ``instructor/NAME.jsonl`` (verdicts with seeds),
        ``autograded/`` for nbgrader's formgrader and, unless `db_url` names another one, ``gradebook.db``.
    workers : int
        Processes on this machine.
    scheduler : str, optional
        Address of a Dask cluster to work on instead.
    db_url : str, optional
        SQLAlchemy's URL of the gradebook.
    trusted : bool
        Grade without walls.
    seed : int, optional
        Of the hidden inputs; drawn where it is not given, and kept in the record.
    book_url : str
        Address of the published book, for the feedback's links; without one, chapters are named.

    Raises
    ------
    UserError
        If there is nothing to grade, or it cannot be written.
    """
    assignment = load(name)
    collected = list(collect(submissions, name, limits.notebook_bytes))
    out = Path(out)
    try:
        (out / "instructor").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {out} cannot be written: {error.strerror}.") from None
    seed = secrets.randbits(63) if seed is None else seed
    handed_in = {one.student: one.data for one in collected}
    jobs = [Job(one, name, student_seed(seed, one.student)) for one in collected]
    url = db_url or f"sqlite:///{(out / 'gradebook.db').absolute()}"
    verdicts = []
    with Recorder(url, assignment) as recorder:
        bar = tqdm(total=len(jobs), desc=f"grading {name}", unit="submission", disable=not progress, file=sys.stderr)
        with bar:
            for batch in batches(cluster.mapped(jobs, partial(Grader, limits, trusted), workers, scheduler)):
                for verdict in batch:
                    feedback.write(out, verdict, assignment, book_url)
                    formgrader.write(out, handed_in[verdict.student], verdict, assignment)
                    bar.update()
                recorder.record_many(batch)
                verdicts += batch
    verdicts.sort(key=lambda verdict: verdict.student)
    grades_csv.write(out / "grades.csv", verdicts)
    with atomic.writing(out / "instructor" / f"{name}.jsonl") as file:
        file.writelines(verdict.to_json() + "\n" for verdict in verdicts)
    return verdicts


def student_seed(seed: int, student: str) -> int:
    """A seed of the student's own for this run."""
    words = [seed % 2**32, seed // 2**32 % 2**32, *safe_id(student).encode()]
    return int(np.random.SeedSequence(words).generate_state(1, np.uint64)[0] >> 1)


def batches(verdicts: Iterator[Verdict]) -> Iterator[list[Verdict]]:
    """Verdicts in lists, so that the gradebook is written in a few transactions."""
    batch = []
    for verdict in verdicts:
        batch.append(verdict)
        if len(batch) == RECORD_EVERY:
            yield batch
            batch = []
    if batch:
        yield batch


def summary(verdicts: list[Verdict]) -> str:
    """A few lines for the terminal."""
    counts = {}
    for verdict in verdicts:
        counts[verdict.status] = counts.get(verdict.status, 0) + 1
    listed = ", ".join(f"{count} {status}" for status, count in counts.items())
    mean = np.mean([verdict.score for verdict in verdicts])
    return f"{len(verdicts)} submissions: {listed}. Mean score {mean:.2f} of {verdicts[0].max_score:g}."
