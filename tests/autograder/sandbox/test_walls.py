"""The walls one by one: what a student's process is left with, and what is left of it when the grader is gone."""

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from autograder.errors import SandboxFault
from autograder.sandbox import LIMITS, Budget, Sandbox, StudentStopped
from autograder.sandbox.inside import landlock
from tests.processes import descendants, end

QUICK = replace(LIMITS, notebook_cpu_s=2.0, notebook_wall_s=10.0, memory_bytes=400 * 2**20)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(QUICK) as sandbox:
        yield sandbox


def answer(sandbox, body, *arguments, cells=()):
    """What a student's function gives whose body is given."""
    source = "import ctypes, errno, mmap, os, socket\ndef f(*arguments):\n    " + body.strip().replace("\n", "\n    ")
    with sandbox.student([*cells, ("f", source)]) as student:
        answer = student.call("f", *arguments)
    assert not answer.raised and not answer.problem, answer
    return answer.value


def test_a_student_holds_no_open_file_but_the_connection(sandbox):
    body = """
found = []
for number in range(1024):
    try:
        found.append([number, os.fstat(number).st_mode >> 12])
    except OSError:
        pass
return found
"""
    device, socket_ = 0o2, 0o14
    *standard, last = answer(sandbox, body)
    assert standard == [[number, device] for number in (0, 1, 2)] and last[1] == socket_


def test_a_student_sees_the_runtime_and_two_folders_of_its_own(sandbox):
    body = """
def refused(path, flags):
    try:
        os.close(os.open(path, flags))
    except OSError as error:
        return errno.errorcode[error.errno]
writable = [refused(path + "/new", os.O_CREAT | os.O_WRONLY) for path in ("/tmp", "/dev/shm")]
closed = [refused(path, os.O_RDONLY) for path in ("/", "/runtime", "/proc", "/dev", "/root", "/home")]
return [writable, closed, os.listdir("/tmp"), refused("/runtime/site-packages/numpy/new", os.O_CREAT | os.O_WRONLY)]
"""
    writable, closed, tmp, runtime = answer(sandbox, body)
    assert writable == [None, None] and tmp == ["new"]
    assert all(closed) and runtime


@pytest.mark.parametrize(
    "attempt",
    [
        "mmap.mmap(-1, 2**20)",  # shared memory that no file and no process is charged with
        "os.memfd_create('x')",
        "os.open('/dev/zero', os.O_RDONLY)",  # the same
        "socket.socket(socket.AF_INET)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "os.mkdir('/new')",
        "os.mknod('/tmp/disk', 0o60666, 0x800)",
        "os.chroot('/tmp')",
        "os.setpriority(os.PRIO_PROCESS, 0, -5)",
        "os.kill(1, 9)",
    ],
)
def test_what_is_refused(sandbox, attempt):
    body = f"try:\n    {attempt}\nexcept OSError as error:\n    return errno.errorcode[error.errno]\nreturn 'done'"
    assert answer(sandbox, body) in ("EPERM", "EACCES", "EROFS", "ENOENT")


@pytest.mark.parametrize("number", [425, 435, 451, 999], ids=["io_uring_setup", "clone3", "cachestat", "one to come"])
def test_system_calls_that_do_not_exist_here(sandbox, number):
    body = f"libc = ctypes.CDLL(None, use_errno=True)\nreturn [libc.syscall({number}, 0, 0, 0), ctypes.get_errno()]"
    result, error = answer(sandbox, body)
    assert result == -1 and error in (errno.ENOSYS, errno.EPERM)


def test_processes_that_share_memory_are_charged_for_it_once(sandbox):
    given = """
import multiprocessing, numpy, time
shared = numpy.ones(25_000_000)  # 200 MB of 400
def part(k):
    time.sleep(0.5)
    return float(shared[k])
"""
    body = """
with multiprocessing.get_context("fork").Pool(4) as pool:
    return pool.map(part, range(4))
"""
    assert answer(sandbox, body, cells=[("given", given)]) == [1.0] * 4


def test_a_fault_of_our_own_is_told_and_a_forged_one_is_the_students():
    with Sandbox(replace(QUICK, disk_bytes=-1)) as broken, pytest.raises(SandboxFault, match="mount on /tmp"):
        broken.student([("a", "x = 1")]).start()
    forge = """
import gc, wire
server = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Server")
wire.write_frame(server.connection, {"fault": "the disk is full"})
"""
    with Sandbox(QUICK) as sandbox, sandbox.student([("forge", forge)]) as student:
        student.start()
        assert student.skipped["forge"].kind == "protocol"


def test_landlock_alone_keeps_a_process_in(tmp_path):
    """Without any other wall, in a process of the test's own."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("an expected value")
    libc = ctypes.CDLL(None, use_errno=True)

    def attempts():
        libc.prctl(38, 1, 0, 0, 0)
        if not landlock.install(libc, ["/usr", "/not-there"], [str(tmp_path / "in"), "/dev/null"]):
            return 77
        tried = [
            (os.O_WRONLY | os.O_CREAT, tmp_path / "in" / "new", None),
            (os.O_RDONLY, "/usr", None),
            (os.O_RDWR, "/dev/null", None),
            (os.O_RDONLY, tmp_path / "secret", errno.EACCES),
            (os.O_WRONLY | os.O_CREAT, tmp_path / "new", errno.EACCES),
        ]
        for flags, path, expected in tried:
            try:
                os.close(os.open(path, flags))
                seen = None
            except OSError as error:
                seen = error.errno
            if seen != expected:
                return 1 + tried.index((flags, path, expected))
        return 0

    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            code = attempts()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code == 77:
        pytest.skip("this kernel has no Landlock; the other walls do without it")
    assert code == 0


def test_a_kernel_without_landlock_leaves_the_other_walls():
    class Kernel:
        def syscall(self, *_):
            ctypes.set_errno(errno.ENOSYS)
            return -1

    assert landlock.install(Kernel(), ["/"], []) is False


CLIENT = """
import sys
from autograder.sandbox import Budget, Sandbox
student = Sandbox(trusted={trusted}).student([("a", "def f():\\n    import os; {fork}\\n    while True: pass")])
student.start()
print("ready", flush=True)
student.call("f", budget=Budget(60, 60))
"""


@pytest.mark.parametrize(("trusted", "fork"), [(False, "os.fork() or os.setsid()"), (True, "os.getpid()")])
def test_a_grader_that_is_killed_leaves_nothing_running(trusted, fork):
    source = CLIENT.format(trusted=trusted, fork=fork)
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout.readline() == "ready\n"
        time.sleep(0.5)
        started = descendants(client.pid)
        assert len(started) >= (2 if trusted else 6)  # bubblewrap twice, the zygote, pid 1, the student's, its fork
        client.send_signal(signal.SIGKILL)
    assert end(started)


def test_without_walls_a_student_is_stopped_all_the_same():
    before = descendants(os.getpid())
    source = "def f():\n    return 1.5\ndef g():\n    while True: pass"
    with Sandbox(QUICK, trusted=True) as sandbox, sandbox.student([("a", source)]) as student:
        assert student.call("f").value == 1.5
        started = descendants(os.getpid()) - before
        with pytest.raises(StudentStopped, match="time limit"):
            student.call("g", budget=Budget(0.5, 5))
    assert len(started) == 2
    assert end(started)
