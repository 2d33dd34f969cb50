"""The students' folders: ``DIR/<student>/NAME/NAME.ipynb``, read without following anything out of them.

A folder may hold whatever a student could put there. Each step down is opened relative to the folder above it and never
through a link, so that nothing that is exchanged meanwhile leads elsewhere; what is not a plain file is never read.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
import warnings
from dataclasses import dataclass
from datetime import datetime

from autograder.errors import UserError
from autograder.intake.wording import listed, shown
from autograder.limits import LIMITS
from lstmbook.text import printable

MAX_ENTRIES = 1000  # of a folder, looked at

_READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY  # NONBLOCK keeps a pipe from waiting

_TOOLS = {"__pycache__", "__MACOSX", "lost+found"}  # folders that programs make; so are those with a dot in front
_SILENT = {"timestamp.txt", ".ipynb_checkpoints", ".DS_Store", "__pycache__"}  # not of the student's making

_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class IntakeError(UserError):
    """The folder of submissions as a whole cannot be used."""


@dataclass(frozen=True)
class Collected:
    """One student's notebook as bytes, or ``status``, "missing" or "rejected", where there is none to grade.

    ``notes`` are for the student, ``instructor_notes`` for the instructor alone. ``student`` is the folder's name as it
    is, whatever that may be: see `autograder.student_id.safe_id`.
    """

    student: str
    data: bytes | None
    status: str | None = None
    notes: tuple[str, ...] = ()
    instructor_notes: tuple[str, ...] = ()


class _Refused(Exception):
    """A status, the student's sentence and the instructor's."""


def students(submissions_dir, assignment_name: str) -> list[str]:
    """Who is in the folder of submissions, sorted.

    Every folder in ``submissions_dir`` is a student, but for those that programs make (``.git``, ``__MACOSX``, …),
    unless they hold the assignment. So is a link to a folder, although it is not followed; a stray file is not.

    Raises
    ------
    IntakeError
        If the folder is not there, cannot be read, or holds no student.
    """
    where = printable(os.fsdecode(submissions_dir))
    layout = f"{where.rstrip('/')}/<student>/{assignment_name}/{assignment_name}.ipynb"
    try:
        found = sorted(_students(submissions_dir, assignment_name))
    except FileNotFoundError:
        raise IntakeError(f"There is no folder {where}. Expected the submissions as {layout}.") from None
    except NotADirectoryError:
        raise IntakeError(f"{where} is not a folder. Expected the submissions as {layout}.") from None
    except OSError as error:
        raise IntakeError(f"The folder {where} cannot be read: {error.strerror}.") from None
    if not found:
        raise IntakeError(f"There is no student's folder in {where}. Expected the submissions as {layout}.")
    return found


def _students(submissions_dir, assignment_name):
    with os.scandir(submissions_dir) as entries:
        for entry in entries:
            linked = entry.is_symlink()
            is_student = not os.path.isfile(entry.path) if linked else entry.is_dir(follow_symlinks=False)
            if is_student and (entry.name.startswith(".") or entry.name in _TOOLS):
                is_student = os.path.lexists(os.path.join(entry.path, assignment_name))
            if is_student:
                yield entry.name


def collect_one(submissions_dir, student: str, assignment_name: str, max_bytes: int = LIMITS.notebook_bytes) -> Collected:
    """What one student handed in. Nothing in the student's folder makes it raise."""
    notes, facts = [], []
    try:
        data = _read_notebook(submissions_dir, student, assignment_name, max_bytes, notes, facts)
    except _Refused as refused:
        status, note, fact = refused.args
        return Collected(student, None, status, (*notes, note), (*facts, fact))
    except OSError as error:
        note = "Your notebook could not be read from the disk. Please tell your instructor."
        return Collected(
            student, None, "rejected", (*notes, note), (*facts, f"It could not be read: {error.strerror}.")
        )
    return Collected(student, data, None, tuple(notes), tuple(facts))


def small_file(folder, name: str, max_bytes: int = 1000) -> bytes:
    """A small plain file beside a notebook; empty if there is none, and cut if it is larger."""
    try:
        descriptor = os.open(os.path.join(folder, name), _READING)
    except OSError:
        return b""
    with _opened(descriptor):
        return os.read(descriptor, max_bytes) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""


def timestamp(folder) -> datetime | None:
    """When nbgrader collected what is in a folder, from its timestamp.txt, in UTC; None if there is no telling."""
    from nbgrader.utils import parse_utc  # slow to import, and a worker needs nothing of it

    try:
        with warnings.catch_warnings(action="ignore"):  # of time zones that nobody knows
            return parse_utc(small_file(folder, "timestamp.txt", 100).decode().strip())
    except Exception:  # whatever the parser of dates makes of them: ValueError, OverflowError, decimal's InvalidOperation …
        return None


def _read_notebook(submissions_dir, student, assignment_name, max_bytes, notes, facts):
    with (
        _opened(os.open(submissions_dir, os.O_RDONLY | os.O_DIRECTORY)) as top,
        _folder(student, top, "Your folder") as own,
        _folder(assignment_name, own, f"The folder {assignment_name} of your submission") as folder,
    ):
        wanted = f"{assignment_name}.ipynb"
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in itertools.islice(entries, MAX_ENTRIES))
        name = wanted if _mode(wanted, folder) else _only_notebook(names, wanted)
        if name != wanted:
            notes.append(f"Your notebook is named {shown(name)} instead of {wanted}. It was graded all the same.")
            facts.append(f"The only notebook, {shown(name)}, was taken for {wanted}.")
        others = [other for other in names if other != name]
        if others:
            facts.append(f"Beside the notebook and not read: {listed(others)}.")
        if others := [other for other in others if other not in _SILENT]:
            notes.append(f"Only the notebook is read. Ignored beside it: {listed(others)}.")
        return _read_file(name, folder, max_bytes, facts)


def _only_notebook(names, wanted):
    """The one notebook among the files, under whatever name ("gates (1).ipynb", "gates.ipynb.txt")."""
    visible = [name for name in names if not name.startswith(".")]
    found = [name for name in visible if name.lower().endswith(".ipynb")]
    found = found or [name for name in visible if ".ipynb" in name.lower()]
    if not found:
        there = f"there is {listed(names)}" if names else "the folder is empty"
        raise _Refused("missing", f"There is no notebook {wanted} in your submission.", f"No {wanted}: {there}.")
    if len(found) > 1:
        raise _Refused(
            "rejected",
            f"There are {len(found)} notebooks in your submission and none is named {wanted}, so it is not clear which "
            f"one to grade: {listed(found)}. Hand in one, named {wanted}.",
            f"No {wanted}, and several other notebooks: {listed(found)}.",
        )
    return found[0]


def _read_file(name, folder, max_bytes, facts):
    _expect(stat.S_IFREG, name, folder, f"Your notebook {shown(name)}")
    # The kind is asked again of what was opened: it may have been exchanged.
    with _opened(os.open(name, _READING, dir_fd=folder)) as descriptor:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise _Refused(
                "rejected",
                "Your notebook was exchanged while it was read. Please tell your instructor.",
                f"{shown(name)} turned into {_KINDS[stat.S_IFMT(about.st_mode)]} while it was read.",
            )
        if about.st_nlink > 1:
            facts.append(f"{shown(name)} is a hard link: the same file has {about.st_nlink} names.")
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        limit = max_bytes / 2**20
        raise _Refused(
            "rejected",
            f"Your notebook is larger than the {limit:g} MiB that are allowed. Clear its outputs (in JupyterLab: Edit, "
            "Clear Outputs of All Cells), save it and hand it in again.",
            f"{shown(name)} has {about.st_size:,} bytes, more than {limit:g} MiB.",
        )
    return data


@contextlib.contextmanager
def _opened(descriptor):
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _folder(name, parent, what):
    """A descriptor of the folder of that name in a parent folder."""
    _expect(stat.S_IFDIR, name, parent, what)
    with _opened(os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)) as descriptor:
        yield descriptor


def _expect(kind, name, parent, what):
    """Refuse what is missing or of another kind than a folder or a plain file."""
    mode = _mode(name, parent)
    if not mode:
        there = sorted(os.listdir(parent))
        there = f"there is {listed(there)}" if there else "the student's folder is empty"
        raise _Refused("missing", "There is nothing for this assignment in your submission.", f"No {name}: {there}.")
    if stat.S_IFMT(mode) != kind:
        came, expected = _KINDS.get(stat.S_IFMT(mode), "a file"), "a folder" if kind == stat.S_IFDIR else "a plain file"
        target = f" to {shown(os.readlink(name, dir_fd=parent))}, not followed" if stat.S_ISLNK(mode) else ""
        raise _Refused(
            "rejected",
            f"{what} is {came} instead of {expected}, so it was not opened. Hand in the notebook itself.",
            f"{shown(name)} is {came}{target}.",
        )


def _mode(name, parent):
    """The kind and permissions of an entry, links not followed; 0 if there is none."""
    try:
        return os.lstat(name, dir_fd=parent).st_mode
    except FileNotFoundError:
        return 0
