"""The record of grading, OUT/instructor/NAME.jsonl: verdicts are added to it, one line each, and never changed.

Everything else that grading writes (pages, gradebook, grades.csv) is derived from it. A line counts once it is whole,
so that a run may be killed at any moment; of several verdicts on a student the last one counts. Besides verdicts
there are

``{"run": …}``      what a run was asked to do, and the seed of its hidden inputs
``{"written": …}``  all above stands in pages of this version
``{"done": true}``  all above stands in the gradebook and in grades.csv too
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from autograder.errors import UserError
from autograder.verdict import Verdict


class Entry(NamedTuple):
    """Where a verdict stands in the record, of which bytes it judges, and by which grader it was given."""

    at: int
    handed_in: str = ""
    grader: str = ""
    fault: bool = False


@dataclass(frozen=True)
class Run:
    """What a run was asked to do: ``regrade`` are the words behind --regrade."""

    seed: int
    regrade: tuple[str, ...] = ()


class Verdicts(Sequence):
    """The verdicts at some places of a record, read from it when they are asked for."""

    def __init__(self, path, places: Iterable[int]):
        self._path, self._places = path, list(places)

    def __len__(self):
        return len(self._places)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Verdicts(self._path, self._places[index])
        return next(iter(Verdicts(self._path, [self._places[index]])))

    def __iter__(self):
        with open(self._path, "rb") as file:
            for place in self._places:
                file.seek(place)
                yield Verdict.from_json(file.readline())


def read(path) -> Verdicts:
    """The verdicts that count in a record, sorted by student.

    Raises
    ------
    UserError
        If there is no record, or it cannot be read.
    """
    path = Path(path)
    try:
        return _Content(path).verdicts()
    except OSError as error:
        why = f"There is no record of grading in {path} ({error.strerror})"
        raise UserError(f"{why}: grade {path.stem} first.") from None


class _Content:
    """What stands in a record: the entry that counts for each student, and how far its last run came."""

    def __init__(self, path):
        self.path = Path(path)
        self.entries: dict[str, Entry] = {}
        self.run: Run | None = None  # the last one, if it did not finish
        self.graded: set[str] = set()  # in that run
        self.pages = ""  # the version of the pages
        self.unwritten: set[str] = set()  # who was graded since then
        self.size = 0  # up to the end of the last whole line
        with open(path, "rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    self._take(line)
                    self.size += len(line)

    def _take(self, line):
        try:
            words = json.loads(line)
        except ValueError:
            return  # a line that a full disk or a broken one has spoilt: that student is graded again
        if "student" in words:
            entry = Entry(self.size, words.get("handed_in", ""), words.get("grader", ""), words.get("fault", False))
            self._keep(words["student"], entry)
        elif "run" in words:
            self.run, self.graded = Run(words["run"]["seed"], tuple(words["run"]["regrade"])), set()
        elif "written" in words:
            self.pages, self.unwritten = words["written"], set()
        elif "done" in words:
            self.run = None

    def _keep(self, student, entry):
        self.entries[student] = entry
        self.graded.add(student)
        self.unwritten.add(student)

    def verdicts(self, students: Iterable[str] | None = None) -> Verdicts:
        """The verdicts on these students, in their order; on all, sorted."""
        students = sorted(self.entries) if students is None else students
        return Verdicts(self.path, [self.entries[student].at for student in students])


class Journal(_Content):
    """A record that a run adds to; a context manager, and alone: a second grader is refused.

    Raises
    ------
    UserError
        Here and in its methods, if the record cannot be written, or another grader has it open.
    """

    def __init__(self, path):
        path = Path(path)
        self._file = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            super().__init__(path)
            os.ftruncate(self._file, self.size)  # half a line, from a run that was killed
        except BlockingIOError:
            self.close()
            raise UserError(
                f"Another grader is at work on {path}. Let it end, or grade into another folder (--out)."
            ) from None
        except OSError as error:
            self.close()
            raise UserError(f"The record {path} cannot be written: {error.strerror}.") from None

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def begin(self, seed: int | None, regrade: Sequence[str]) -> Run:
        """The run to go on with if the last one did not finish and was asked to do the same, else a new one."""
        regrade = tuple(sorted(set(regrade)))
        same = self.run and self.run.regrade == regrade and seed in (None, self.run.seed)
        if not same:
            self.run, self.graded = Run(secrets.randbits(63) if seed is None else seed, regrade), set()
            self._add(run=asdict(self.run))
        return self.run

    def add(self, verdict: Verdict, handed_in: str, grader: str):
        """Keep a verdict: from now on nothing but a broken disk loses it."""
        entry = Entry(self.size, handed_in, grader, verdict.fault)
        self._add_line(f'{verdict.to_json()[:-1]}, "handed_in": "{handed_in}", "grader": "{grader}"}}')
        self._keep(verdict.student, entry)

    def written(self, pages: str):
        """All that was graded stands in pages of this version."""
        if self.unwritten or self.pages != pages:
            self._add(written=pages)
            self.pages, self.unwritten = pages, set()

    def done(self):
        """The run has come to its end."""
        self._add(done=True)
        self.run = None

    def _add(self, **words):
        self._add_line(json.dumps(words), durable=True)

    def _add_line(self, line, durable=False):
        rest = line.encode() + b"\n"
        size = self.size + len(rest)
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
            if durable:
                os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, self.size)
            raise UserError(
                f"cannot write {self.path}: {error.strerror}. What is graded is kept: once that is mended, the same "
                "command goes on from there."
            ) from None
        self.size = size
