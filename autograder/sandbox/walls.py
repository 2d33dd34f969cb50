"""The walls around the student's side: the minimal runtime that it sees, built with bubblewrap.

Inside there is a read-only root with Python, the few packages that a notebook needs, a shell, and nothing of the
instructor's; no network; an empty environment. What follows for each child alone (its own /tmp, user, limits and
system-call filter) is in ``inside/zygote.py``.
"""

import functools
import importlib.metadata
import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path

from autograder.errors import UserError

INSIDE = Path(__file__).parent / "inside"
PACKAGES = ("numpy", "matplotlib", "ipython")  # what a student's notebook has, with all that they need
SITE = "/runtime/site-packages"
CODE = "/runtime/grader"
SYSTEM = ("/bin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64")
DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "USER": "student",  # its number is in no list of users
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": "/tmp",
    "IPYTHONDIR": "/tmp",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    # two BLAS threads on small matrices can be ten times slower than one
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

INSTALL = "install it (Debian and Ubuntu: sudo apt-get install bubblewrap; Fedora: sudo dnf install bubblewrap)"


def bubblewrap() -> str:
    """The path of ``bwrap``; ``UserError`` with how to install it if there is none."""
    found = shutil.which("bwrap")
    if found is None:
        raise UserError(f"The sandbox needs bubblewrap (the program bwrap), which was not found: {INSTALL}.")
    return found


@functools.cache
def runtime_packages() -> tuple[tuple[str, str], ...]:
    """The top-level files and folders of ``PACKAGES`` and all that they require, as (name, path) pairs."""
    found, waiting, done = {}, list(PACKAGES), set()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in done:
            continue
        done.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # it is for another platform or Python
        for file in distribution.files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__"):
                found[top] = str(distribution.locate_file(top))
        for requirement in distribution.requires or ():
            if "extra ==" not in requirement:
                waiting.append(re.match(r"[\w.-]+", requirement)[0])
    return tuple(sorted(found.items()))


def python_command() -> list[str]:
    """Start the zygote with a path of its own: no site, no user's site, nothing of the current folder."""
    library = sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix, "base": sys.base_prefix})
    paths = [CODE, library, f"{library}/lib-dynload", SITE]
    start = f"import sys, runpy; sys.path[:] = {paths!r}; runpy.run_path('{CODE}/zygote.py', run_name='__main__')"
    base = os.path.realpath(sys.executable)
    return [base, "-I", "-S", "-B", "-c", start]


def student_uid(pid: int) -> int | None:
    """A user of the student's own, where there is one to become: one that no account has, and no other sandbox here.

    ``pid`` is that of the sandbox.
    """
    if os.geteuid() != 0:
        return None
    wanted = 2_000_000 + pid
    with open("/proc/self/uid_map") as file:  # in a container of its own, root may have few users to give
        first, _, count = map(int, file.readline().split())
    if wanted < first + count:
        return wanted
    return first + count - 2 - pid % 1000 if count > 10_000 else None


def readable() -> list[str]:
    """What a student's process may read and run: the runtime, by its paths inside the walls."""
    base = os.path.realpath(sys.base_prefix)
    return [*SYSTEM, "/etc/ld.so.cache", f"{base}/bin", f"{base}/lib", SITE, CODE, *DEVICES]


def command() -> list[str]:
    """The command line that starts the zygote inside the walls; the number of its open socket is still to come."""
    words = [bubblewrap(), "--unshare-all", "--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"]
    if os.geteuid() == 0:
        # Real root needs no user namespace, and can give each child a user of its own.
        words.remove("--unshare-all")
        words += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    else:
        words += ["--uid", "65534", "--gid", "65534"]
    words += ["--cap-add", "ALL"]
    for name, value in ENVIRONMENT.items():
        words += ["--setenv", name, value]
    # made by --ro-bind they would be root's alone
    for path in ("/usr", "/etc", "/dev", "/dev/shm", SITE.rpartition("/")[0], SITE):
        words += ["--dir", path]
    for path in SYSTEM:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            words += ["--ro-bind", path, path]
    words += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    base = os.path.realpath(sys.base_prefix)
    if base != "/usr":
        words += ["--dir", base]
        for part in ("bin", "lib"):
            words += ["--ro-bind", f"{base}/{part}", f"{base}/{part}"]
    for folder in (sysconfig.get_path("purelib", vars={"base": base}), "/usr/lib/python3/dist-packages"):
        if os.path.isdir(folder):
            words += ["--tmpfs", folder, "--remount-ro", folder]
    for name, path in runtime_packages():
        words += ["--ro-bind", path, f"{SITE}/{name}"]
    for device in DEVICES:  # no /dev/zero: mapped, it is memory that is counted nowhere
        words += ["--dev-bind", device, device]
    words += ["--ro-bind", str(INSIDE), CODE, "--proc", "/proc"]
    words += ["--tmpfs", "/tmp", "--chdir", "/tmp", "--remount-ro", "/"]
    return words + python_command()


def bare_command() -> list[str]:
    """The same without walls, for submissions that are trusted."""
    start = f"import sys, runpy; sys.path.insert(0, {str(INSIDE)!r}); "
    start += f"runpy.run_path({str(INSIDE / 'zygote.py')!r}, run_name='__main__')"
    return [sys.executable, "-B", "-c", start]
