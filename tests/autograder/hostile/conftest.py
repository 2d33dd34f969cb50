"""The hostile class, graded once for all tests (and for all workers of pytest-xdist)."""

import contextlib
import ctypes
import fcntl
import json
import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest

from autograder import grades_csv
from autograder.classroom import grade_class
from autograder.sandbox import LIMITS
from autograder.sandbox.walls import student_uid
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
from tests.processes import descendants, of_user

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
    notebook_wall_s=20.0,
    check_cpu_s=1.0,
    check_wall_s=20.0,
    call_cpu_s=0.5,
    memory_bytes=512 * 2**20,
    disk_bytes=64 * 2**20,
)
IMPATIENT = replace(LOW, notebook_wall_s=2.0, check_wall_s=1.5)


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
    before, ipc_before = descendants(os.getpid()), ipc()
    with Secrets(root) as secret:
        marks = {name: secret.new(name) for name in NEIGHBOURS}
        runs = {
            "alone": ({}, "gates", LOW),
            "gates": ({n: t for n, t in ALL.items() if t.assignment == "gates" and n not in WAITING}, "gates", LOW),
            "bptt": ({n: t for n, t in ALL.items() if t.assignment == "bptt"}, "bptt", LOW),
            "waiting": (WAITING, "gates", IMPATIENT),
        }
        seconds = {}
        for run, (tricks, assignment, limits) in runs.items():
            folder = root / run
            (folder / "out" / "instructor").mkdir(parents=True)
            (folder / "out" / "instructor" / "secret").write_text(secret.new(f"{run}'s record"))
            places = secret.places | {"root": folder}
            (folder / "secret").write_text(secret.canaries["a file"])
            for name, trick in tricks.items():
                path = hand_in(folder / "submitted", name, assignment, trick.make(places))
                for beside, text in trick.beside.items():
                    (path.parent / beside).write_text(text)
            if assignment == "gates":
                for name in NEIGHBOURS:
                    hand_in(folder / "submitted", name, "gates", neighbour(name, marks[name]))
            handed_in = listing(folder / "submitted")
            began = time.monotonic()
            grade_class(assignment, folder / "submitted", folder / "out", limits=limits, seed=SEED, progress=False)
            seconds[run] = time.monotonic() - began
            assert listing(folder / "submitted") == handed_in, "a submission was changed"
        time.sleep(0.2)
        uid = student_uid()
        left = {
            "running": sorted(descendants(os.getpid()) - before) + sorted(of_user(uid) if uid is not None else ()),
            "files": sorted(written(root)),
            "ipc": sorted(ipc() - ipc_before),
            "sockets": [line for line in Path("/proc/net/unix").read_text().splitlines() if "left-by" in line],
        }
    libc.prctl(36, 0, 0, 0, 0)
    (root / "left.json").write_text(json.dumps({"canaries": secret.canaries, "left": left, "seconds": seconds}))


def listing(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


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
    for run in root.iterdir():
        out = run / "out"
        for path in out.rglob("*") if run.is_dir() else ():
            parts = path.relative_to(out).parts
            ours = parts in {("grades.csv",), ("gradebook.db",), ("feedback",), ("instructor",), ("instructor", "secret")}
            ours |= parts[0] == "instructor" and path.suffix == ".jsonl"
            ours |= parts[0] == "feedback" and (len(parts) == 2 and path.is_dir() or len(parts) == 3 and path.suffix == ".html")
            if not ours:
                yield str(path)
        if run.is_dir() and {path.name for path in run.iterdir()} - {"submitted", "out", "secret"}:
            yield str(run)


@dataclass(frozen=True)
class Graded:
    """What came out, by submission."""

    root: Path

    def run_of(self, name):
        trick = ALL.get(name)
        return "waiting" if name in WAITING else trick.assignment if trick else "gates"

    @cached_property
    def left(self):
        return json.loads((self.root / "left.json").read_text())

    @cached_property
    def rows(self):
        """The rows of a student in grades.csv, by run, student and check."""
        return {
            (run, row["student"], row["check"]): row
            for run in ("alone", "gates", "bptt", "waiting")
            for row in grades_csv.read(self.root / run / "out" / "grades.csv")
        }

    def row(self, name, check, run=None):
        return self.rows[run or self.run_of(name), safe_id(name), check]

    def page(self, name, run=None):
        run = run or self.run_of(name)
        assignment = "bptt" if run == "bptt" else "gates"
        return (self.root / run / "out" / "feedback" / safe_id(name) / f"{assignment}.html").read_text("utf-8")

    def pages(self):
        return {path: path.read_text("utf-8") for path in self.root.glob("*/out/feedback/*/*.html")}


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with open(shared / "hostile.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "hostile").exists():
            grade_all(shared / "hostile")
    return Graded(shared / "hostile")
