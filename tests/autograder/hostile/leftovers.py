"""Submissions that leave something behind for those who come after, or that look for it."""

from tests.autograder.hostile.tricks import trick

MARK = "left-by-a-student"

WRITE = """
import contextlib, os
def leave(path, text="import builtins; builtins.left_by_a_student = True"):
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with contextlib.suppress(OSError), open(path, "w") as file:
        file.write(text)
"""
PLACES = """
for folder in (".", "..", "/", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/run", "/home", "/root", "/etc", "/usr/lib", "/runtime",
               "/runtime/grader", "/runtime/site-packages", "/runtime/site-packages/numpy", "{root}", "{root}/out", "{root}/submitted",
               "{root}/out/feedback/a-neighbour", "{home}", "{here}"):
    leave(folder + "/left-by-a-student")
"""
DAEMON = """
import os, signal, sys, time
def daemon(work):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
                signal.signal(number, signal.SIG_IGN)
            while True:
                work()
                time.sleep(0.05)
        os._exit(0)
"""

LEFTOVERS = {
    "leaves-files": trick(before=WRITE + PLACES),
    "leaves-startup-files": trick(
        before=WRITE + """
for path in ("/tmp/sitecustomize.py", "/tmp/usercustomize.py", "/tmp/.pythonrc", "/tmp/.bashrc", "/tmp/.profile", "/tmp/matplotlibrc",
             "/tmp/profile_default/startup/00.py", "/tmp/.ipython/profile_default/startup/00.py", "/tmp/.local/lib/python3.11/site-packages/x.pth",
             "/runtime/grader/__pycache__/child.cpython-311.pyc", "/runtime/grader/child.py", "/runtime/site-packages/zz.pth",
             "/runtime/site-packages/numpy/__pycache__/__init__.cpython-311.pyc", "/etc/ld.so.preload", "/etc/cron.d/x"):
    leave(path)
"""
    ),
    "leaves-a-daemon": trick(before=WRITE + DAEMON + "daemon(lambda: leave('/tmp/left-by-a-student'))"),
    "leaves-a-shell-job": trick(before="""%%bash --bg
nohup sleep 1000 > /dev/null 2>&1 &
disown -a; setsid sleep 1001 &
sleep 1002"""),
    "leaves-a-thread": trick(
        before="""
import threading, time, numpy
def spoil():
    while True:
        numpy.left_by_a_student = True
        time.sleep(0.01)
for _ in range(20):
    threading.Thread(target=spoil, daemon=False).start()
"""
    ),
    "leaves-a-server": trick(
        before=DAEMON + """
import contextlib, socket, threading
def listen(address):
    with contextlib.suppress(OSError):
        server = socket.socket(socket.AF_UNIX)
        server.bind(address)
        server.listen()
        servers.append(server)
servers = []
for address in ("\\0left-by-a-student", "/tmp/left-by-a-student.socket", "/dev/shm/left-by-a-student.socket"):
    listen(address)
daemon(lambda: None)
"""
    ),
    "leaves-ipc": trick(
        before="""
import ctypes, mmap, os
libc = ctypes.CDLL(None, use_errno=True)
for key in range(1, 20):
    libc.shmget(key, 4096, 0o1666); libc.msgget(key, 0o1666); libc.semget(key, 4, 0o1666)
libc.mq_open(b"/left-by-a-student", 0o102, 0o666, None)
libc.sem_open(b"/left-by-a-student", 0o100, 0o666, 1)
libc.syscall(248, b"user", b"left-by-a-student", b"answers", 7, -4)
os.system("ipcmk -M 4096 -p 666; ipcmk -Q -p 666")
"""
    ),
    "leaves-limits-and-names": trick(
        before="""
import ctypes, os, resource, socket
os.umask(0)
for attempt in (lambda: socket.sethostname("left-by-a-student"), lambda: os.nice(-20), lambda: os.chroot("/tmp"), lambda: os.setuid(0),
                lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1)), lambda: os.sched_setaffinity(os.getppid(), {0}),
                lambda: os.setpriority(os.PRIO_USER, 0, 19)):
    try:
        attempt()
    except (OSError, ValueError):
        pass
"""
    ),
    "carries-inputs-over-its-own-death": trick(
        """
for path in ("/tmp/carried", "/dev/shm/carried", "/var/tmp/carried"):
    try:
        open(path, "w").write(f"carried over: {c_prev}")
    except OSError:
        pass
import os
os._exit(3)
""",
        before="""import glob
print('before:', [open(path).read() for path in glob.glob('/*/carried') + glob.glob('/*/*/carried')])""",
        status="error",
        says=("before: []",),
        hides=("carried over:",),
    ),
    # its name comes last, so it is graded after all of these
    "zz-finds-what-others-left": trick(
        before="""
import builtins, ctypes, glob, numpy, os, socket
libc = ctypes.CDLL(None)
found = [path for top in ("/tmp", "/dev/shm", "/var/tmp", "/runtime", ".") for path in glob.glob(top + "/**/*left-by*", recursive=True)]
found += [name for module in (builtins, numpy) for name in vars(module) if name == "left_by_a_student"]
found += [key for key in range(1, 20) if libc.shmget(key, 0, 0) >= 0 or libc.msgget(key, 0) >= 0]
for address in ("\\0left-by-a-student", "/tmp/left-by-a-student.socket"):
    caller = socket.socket(socket.AF_UNIX)
    found += [address] if caller.connect_ex(address) == 0 else []
for pid in range(2, 40_000):
    try:
        os.kill(pid, 0)
        found += [pid] if pid != os.getpid() else []
    except ProcessLookupError:
        pass
    except PermissionError:
        found.append(pid)
found += [socket.gethostname()] if "left" in socket.gethostname() else []
print("found:", found, sorted(os.listdir("/tmp")))
""",
        says=("found: [] []",),
    ),
}  # fmt: skip
