"""The hostile class, graded once for all tests (and for all workers of pytest-xdist)."""

import contextlib
import ctypes
import fcntl
import json
import multiprocessing
import os
import secrets
import socket
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from autograder import grades_csv
from autograder.classroom import grade_class
from autograder.sandbox import LIMITS, Limits, walls
from autograder.student_id import safe_id
from tests.autograder.hostile.evasion import EVASION
from tests.autograder.hostile.exhausting import EXHAUSTING
from tests.autograder.hostile.exits import EXITS, WAITING
from tests.autograder.hostile.forging import FORGING
from tests.autograder.hostile.honest import HONEST
from tests.autograder.hostile.injecting import INJECTING
from tests.autograder.hostile.leftovers import LEFTOVERS
from tests.autograder.hostile.looting import LOOTING
from tests.autograder.hostile.lying import LYING
from tests.autograder.hostile.notebook_tricks import NOTEBOOK_TRICKS
from tests.autograder.hostile.tampering import TAMPERING
from tests.autograder.hostile.tricks import Trick, with_cells
from tests.notebooks import hand_in, solved
from tests.processes import alive, descendants, end, of_user

GROUPS = {
    "forging": FORGING,
    "tampering": TAMPERING,
    "looting": LOOTING,
    "leftovers": LEFTOVERS,
    "lying": LYING,
    "exits": EXITS,
    "waiting": WAITING,
    "exhausting": EXHAUSTING,
    "notebooks": NOTEBOOK_TRICKS,
    "injecting": INJECTING,
    "evasion": EVASION,
}
HOSTILE = {name: trick for group in GROUPS.values() for name, trick in group.items()}
ALL = HOSTILE | HONEST
NEIGHBOURS = ("a-neighbour", "m-neighbour", "z-neighbour")
SEED = 20260101

LOW = replace(
    LIMITS,
    notebook_cpu_s=2.0,
    check_cpu_s=1.0,
    call_cpu_s=0.5,
    memory_bytes=512 * 2**20,
    disk_bytes=64 * 2**20,
)
TIGHT = replace(
    LOW, notebook_cpu_s=0.8, check_cpu_s=0.4, call_cpu_s=0.2, memory_bytes=160 * 2**20, disk_bytes=16 * 2**20
)
IMPATIENT = replace(LOW, notebook_wall_s=3.0, check_wall_s=3.0)


class Run(NamedTuple):
    """A class: who is in it, and under which limits. Those who use up all that there is have a class of their own."""

    tricks: dict[str, Trick]
    assignment: str = "gates"
    limits: Limits = LOW
    neighbours: bool = True


def class_of(run):
    """The submissions that are graded in a run."""
    for name, trick in ALL.items():
        slow = name in EXHAUSTING or any("timeout" in due.statuses for due in trick.due.values())
        place = "waiting" if name in WAITING else "exhausting" if slow and trick.assignment == "gates" else trick.assignment
        if place == run:
            yield name, trick


RUNS = {
    "exhausting": Run(dict(class_of("exhausting")), limits=TIGHT),
    "waiting": Run(dict(class_of("waiting")), limits=IMPATIENT, neighbours=False),
    "gates": Run(dict(class_of("gates"))),
    "bptt": Run(dict(class_of("bptt")), "bptt", neighbours=False),
    "alone": Run({}),
}


def neighbour(name, canary):
    """One that is right, one that is half right, one that prints; each with a secret that nobody is shown."""
    cells = [f"# {canary}", "print('my own print')" if name == NEIGHBOURS[2] else "1 / 0"]
    swapped = "def update_cell(c_prev, f, i, c_tilde):\n    return i * c_prev + f * c_tilde"
    return with_cells(solved("gates", **({"update_cell": swapped} if name == NEIGHBOURS[1] else {})), after=cells)


class Secrets:
    """Canaries in every place that a student must not reach; ``places`` tells where they are."""

    def __init__(self, root):
        self.root, self.stack = root, contextlib.ExitStack()
        self.canaries = {}
        self.key = secrets.randbelow(10**8) + 10**6
        self.places = {"root": root, "home": Path.home(), "here": Path.cwd(), "key": self.key}

    def new(self, where):
        self.canaries[where] = f"CANARY-{secrets.token_hex(8)}"
        return self.canaries[where]

    def __enter__(self):
        (self.root / "secret").write_text(self.new("a file"))
        os.environ["HOSTILE_SECRET"] = self.new("the environment")
        self.stack.callback(os.environ.pop, "HOSTILE_SECRET")
        shared = Path(f"/dev/shm/hostile-{self.key}")
        shared.write_text(self.new("/dev/shm"))
        self.stack.callback(shared.unlink)
        self.share(self.new("shared memory"))
        self.serve(self.new("the network"))
        return self

    def share(self, canary):
        """System V shared memory that everybody may read."""
        libc = ctypes.CDLL(None, use_errno=True)
        libc.shmat.restype = ctypes.c_void_p
        number = libc.shmget(self.key, 4096, 0o1666)
        assert number >= 0
        self.stack.callback(libc.shmctl, number, 0, None)
        ctypes.memmove(libc.shmat(number, None, 0), canary.encode(), len(canary))

    def serve(self, canary):
        """Servers on this machine that tell it to whoever asks."""
        network = self.stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.places["port"] = port = network.getsockname()[1]
        servers = [network]
        for address in (f"\0hostile-{port}", str(self.root / "socket")):
            servers.append(self.stack.enter_context(socket.socket(socket.AF_UNIX)))
            servers[-1].bind(address)
            servers[-1].listen()

        def answer(server):
            with contextlib.suppress(OSError):
                while True:
                    with server.accept()[0] as caller:
                        caller.sendall(canary.encode())

        for server in servers:
            threading.Thread(target=answer, args=(server,), daemon=True).start()
        with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
            assert caller.recv(100).decode() == canary  # whoever gets through does get it

    def __exit__(self, *_):
        self.stack.close()


def grade_all(root):
    """Grade the classes, and look at what is left of them; all results go into files."""
    root.mkdir()
    libc = ctypes.CDLL(None)
    libc.prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: whatever outlives its parents becomes a child of this process
    with Secrets(root) as secret:
        before, ipc_before = descendants(os.getpid()), ipc()
        for name in NEIGHBOURS:
            secret.new(name)
        for run in RUNS:
            hand_in_all(root / run, RUNS[run], secret)
        handed_in = listing(root)
        with ProcessPoolExecutor(3, multiprocessing.get_context("fork")) as pool:
            users = set().union(*pool.map(grade_run, RUNS, [root] * len(RUNS)))
        assert listing(root).items() >= handed_in.items(), "a submission or a secret was changed"
        running = descendants(os.getpid()) - before | set().union(*map(of_user, users - {None}))
        end(running)
        left = {
            "running": sorted(alive(running)),
            "files": sorted(written(root)),
            "ipc": sorted(ipc() - ipc_before),
            "sockets": [line for line in Path("/proc/net/unix").read_text().splitlines() if "left-by" in line],
        }
    libc.prctl(36, 0, 0, 0, 0)
    (root / "left.json").write_text(json.dumps({"canaries": secret.canaries, "left": left}))


def hand_in_all(folder, run, secret):
    """The submissions of a class, and secrets where its grades will be."""
    (folder / "out" / "instructor").mkdir(parents=True)
    (folder / "out" / "instructor" / "secret").write_text(secret.new(f"{folder.name}'s record"))
    (folder / "secret").write_text(secret.canaries["a file"])
    for name, trick in run.tricks.items():
        path = hand_in(folder / "submitted", name, run.assignment, trick.make(secret.places | {"root": folder}))
        for beside, text in trick.beside.items():
            (path.parent / beside).write_text(text)
    for name in NEIGHBOURS if run.neighbours else ():
        hand_in(folder / "submitted", name, "gates", neighbour(name, secret.canaries[name]))


def grade_run(name, root):
    """Grade a class in a process of its own; the users that its students' processes had."""
    run, folder = RUNS[name], root / name
    users, student_uid = set(), walls.student_uid

    def noted(pid):
        users.add(student_uid(pid))
        return student_uid(pid)

    with mock.patch.object(walls, "student_uid", noted):
        grade_class(run.assignment, folder / "submitted", folder / "out", limits=run.limits, seed=SEED, progress=False)
    return users


def listing(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()}


def ipc():
    """System V objects of this machine."""
    kinds = [Path("/proc/sysvipc", kind).read_text().splitlines()[1:] for kind in ("shm", "msg", "sem")]
    return {" ".join(line.split()[:3]) for lines in kinds for line in lines}


def written(root):
    """Files where hostile submissions tried to leave some, and any file of these runs that the grader does not write."""
    for folder in ("/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/usr/lib", "/home", Path.home(), Path.cwd(), Path.cwd().parent):
        for name in os.listdir(folder):
            if "left-by-a-student" in name or name in ("escaped", "escaped.py", "owned", "stolen.db", "carried"):
                yield f"{folder}/{name}"
    for run in RUNS:
        assignment, out = RUNS[run].assignment, root / run / "out"
        ours = {"grades.csv", "gradebook.db", "instructor/secret", f"instructor/{assignment}.jsonl"}
        for student in map(safe_id, os.listdir(root / run / "submitted")):
            ours |= {f"feedback/{student}/{assignment}.html", f"autograded/{student}/{assignment}/{assignment}.ipynb"}
        yield from {str(path.relative_to(out)) for path in out.rglob("*") if not path.is_dir()} ^ ours
        yield from {str(path) for path in (root / run).iterdir()} - {str(root / run / name) for name in ("submitted", "out", "secret")}


@dataclass(frozen=True)
class Graded:
    """What came out, by submission."""

    root: Path

    def run_of(self, name):
        return next((run for run in RUNS if name in RUNS[run].tricks), "gates")

    @cached_property
    def left(self):
        return json.loads((self.root / "left.json").read_text())

    @cached_property
    def rows(self):
        """The rows of a student in grades.csv, by run, student and check."""
        return {
            (run, row["student"], row["check"]): row
            for run in RUNS
            for row in grades_csv.read(self.root / run / "out" / "grades.csv")
        }

    def row(self, name, check, run=None):
        return self.rows[run or self.run_of(name), safe_id(name), check]

    def page(self, name, run=None):
        run = run or self.run_of(name)
        return (self.root / run / "out" / "feedback" / safe_id(name) / f"{RUNS[run].assignment}.html").read_text("utf-8")

    @cached_property
    def pages(self):
        return {path: path.read_text("utf-8") for path in self.root.glob("*/out/feedback/*/*.html")}

    def shown(self):
        """All that a student may see, or that a person sees of a student."""
        others = [*self.root.glob("*/out/grades.csv"), *self.root.glob("*/out/autograded/*/*/*.ipynb")]
        return self.pages | {path: path.read_text("utf-8") for path in others}


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with open(shared / "hostile.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "hostile").exists():
            grade_all(shared / "hostile")
    return Graded(shared / "hostile")
