"""Processes of this machine, by what /proc tells: for tests of what is left running."""

import os
import time


def parents() -> dict[tuple[int, int], int]:
    """The parent's pid of each process; a process is its pid and when it started, since pids are used again."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                rest = file.read().rpartition(b")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if rest[0] not in b"ZX":
            found[int(name), int(rest[19])] = int(rest[1])
    return found


def descendants(pid: int) -> set[tuple[int, int]]:
    """All processes that a process started, and those that these started, and so on."""
    of, found = parents(), set()
    while True:
        pids = {pid} | {child for child, _ in found}
        more = {process for process, parent in of.items() if parent in pids} - found
        if not more:
            return found
        found |= more


def children_called(word: str) -> set[tuple[int, int]]:
    """This process's own children that have a word in their commands."""
    found = set()
    for process, father in parents().items():
        try:
            with open(f"/proc/{process[0]}/cmdline") as file:
                if father == os.getpid() and word in file.read():
                    found.add(process)
        except OSError:
            continue
    return found


def alive(processes) -> set[tuple[int, int]]:
    return set(processes) & parents().keys()


def end(processes, patience_s=30) -> bool:
    """Whether they all end, or have ended: who is killed on a busy machine takes a moment to die."""
    until = time.monotonic() + patience_s
    while alive(processes) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive(processes)


def of_user(uid: int) -> set[tuple[int, int]]:
    """All processes of a user."""
    found = set()
    for process in parents():
        try:
            with open(f"/proc/{process[0]}/status") as file:
                if any(line.startswith("Uid:") and line.split()[1] == str(uid) for line in file):
                    found.add(process)
        except OSError:
            continue
    return found
