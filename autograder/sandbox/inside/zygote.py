"""The warm process inside the walls: it has NumPy and IPython loaded and forks one fresh child for each submission.

It holds no secret and runs no student code. The grader speaks with it over a socket of small JSON messages:
``spawn`` (with the child's own socket passed along), ``usage`` and ``end``. One child lives at a time.

    zygote ┬─ pid 1 of a new pid namespace, a program that sleeps: when it is killed, everything in there ends
           └─ the student's process, in the same, and in mount and IPC namespaces of its own: private /tmp, no /proc
"""

import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
import traceback

import landlock
import seccomp

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID = 0x00020000, 0x08000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
WRITABLE = ("/tmp", "/dev/shm", "/dev/null")
CLOCK_TICKS, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")

libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    """Raise for a C call that failed."""
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def new_pid_namespace():
    """Give the next child a pid namespace of its own; the number of its pid 1, which the child does not outlive."""
    check(libc.unshare(CLONE_NEWPID), "a new pid namespace")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # which pid 1 inherits: it leaves no zombies
    try:
        return os.posix_spawnp("sleep", ["sleep", "infinity"], {})
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def mount_private(limits):
    """A /tmp and a /dev/shm of the child's own, and no /proc."""
    check(libc.unshare(CLONE_NEWNS | CLONE_NEWIPC), "new namespaces")

    def mount(kind, target, flags, options):
        check(libc.mount(kind, target, kind, flags, options), f"mount on {target.decode()}")

    check(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "private mounts")
    quota = b"mode=0777,nr_inodes=20000,size=%d" % limits["disk_bytes"]
    mount(b"tmpfs", b"/tmp", MS_NOSUID | MS_NODEV, quota)
    mount(b"tmpfs", b"/dev/shm", MS_NOSUID | MS_NODEV | MS_NOEXEC, b"mode=0777,nr_inodes=1000,size=33554432")
    mount(b"tmpfs", b"/proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, b"size=4096")


def pages():
    """Pages of this process: in its address space, and resident."""
    with open("/proc/self/statm", "rb") as file:
        return tuple(map(int, file.read().split()[:2]))


def proportional_bytes(pid):
    """Resident bytes of a process, each page divided by the number of processes that share it."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            return 1024 * next(int(line.split()[1]) for line in file if line.startswith(b"Pss:"))
    except (OSError, StopIteration):
        return 0  # it has ended meanwhile


def set_limits(limits, mapped_bytes):
    """Limits of the kernel's; those of memory are for what comes on top of the warm process."""
    for kind, value in (
        (resource.RLIMIT_AS, limits["memory_bytes"] + mapped_bytes),
        (resource.RLIMIT_FSIZE, limits["disk_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 1),  # no core file, and none through a pipe to the machine's collector, which 0 allows
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_NPROC, limits["processes"]),
    ):
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def drop_privileges(uid):
    """Become another user where there is one to become, without a single capability and with no way to get one."""
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # beyond the kernel's last one it fails, harmlessly
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    check(libc.capset(header, nothing), "capset")
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
    check(libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "not dumpable")


def become_student(connection, limits, walls):
    """Give up all that a student's process must not have; last of all every open file but its connection."""
    mapped_bytes = pages()[0] * PAGE
    os.setsid()
    first_to_go_when_memory_is_short()
    if walls["up"]:
        mount_private(limits)
    os.chdir("/tmp")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    set_limits(limits, mapped_bytes)
    if walls["up"]:
        drop_privileges(walls["uid"])
        landlock.install(libc, walls["readable"], WRITABLE)
        seccomp.install(libc)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # after the change of user, which forgets it
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, connection.fileno())
    os.closerange(connection.fileno() + 1, 2**20)


def live(connection, failures, limits, walls):
    """A student's process from the fork to its end. If it cannot be walled in, it says so and ends before it begins."""
    try:
        import child

        become_student(connection, limits, walls)  # this closes ``failures``
    except BaseException as error:
        os.write(failures, "".join(traceback.format_exception_only(error)).strip().encode())
        os._exit(70)
    try:
        child.serve(connection, limits)
        os._exit(0)
    finally:
        os._exit(70)


def first_to_go_when_memory_is_short():
    """If the machine runs out of memory, the kernel shall kill this process and those that it starts."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass  # a courtesy to the machine, not a wall


class Child:
    """The one living child.

    Raises
    ------
    RuntimeError
        If it could not be walled in; none of the student's code has run then.
    """

    def __init__(self, connection, limits, walls):
        self.walls_up, self.memory_bytes = walls["up"], limits["memory_bytes"]
        failures, theirs = os.pipe()
        self.init = new_pid_namespace() if self.walls_up else None
        self.pid = os.fork()
        if self.pid == 0:
            live(connection, theirs, limits, walls)
        if self.walls_up:
            check(libc.setns(own_pid_namespace, CLONE_NEWPID), "back to the zygote's pid namespace")
        self.ending = os.pidfd_open(self.pid)
        os.close(theirs)
        connection.close()
        with open(failures, "rb") as pipe:
            failure = pipe.read().decode(errors="replace")
        if failure:
            self.end(0)
            raise RuntimeError(failure)

    def usage(self):
        """CPU seconds and resident bytes of their own of all that the child started, as the kernel counts."""
        cpu, resident, processes = 0, 0, []
        inherited = pages()[1]  # what each child shares with this process at first
        others = {1, os.getpid(), os.getppid()}
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    pid, rest = int(name), file.read().rpartition(b")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            mine = pid not in others if self.walls_up else self.owns(pid, int(rest[1]))
            if mine:
                cpu += sum(map(int, rest[11:15]))  # its own time, and that of the children it waited for
                resident += max(0, int(rest[21]) - inherited) * PAGE
                processes.append(pid)
        if resident > self.memory_bytes:  # counted page by page, since forked processes share theirs
            resident = max(0, sum(map(proportional_bytes, processes)) - inherited * PAGE)
        return {"cpu": cpu / CLOCK_TICKS, "resident": resident}

    def owns(self, pid, parent):
        """Whether a process descends from the child; without a pid namespace this is as good as it gets."""
        while parent not in (0, 1):
            if self.pid in (pid, parent):
                return True
            try:
                with open(f"/proc/{parent}/stat", "rb") as file:
                    pid, parent = parent, int(file.read().rpartition(b")")[2].split()[1])
            except OSError:
                return False
        return False

    def fileno(self):
        """Becomes readable when the student's process has died."""
        return self.ending

    def kill(self):
        """Kill what still runs of all that the student's process has started, and itself."""
        if self.walls_up:
            os.kill(self.init, signal.SIGKILL)
        else:
            self.kill_descendants()
            os.kill(self.pid, signal.SIGKILL)

    def end(self, wait_s):
        """Kill what still runs, and say how the student's process ended if it did so by itself within ``wait_s``."""
        by_itself = bool(select.select([self], [], [], wait_s)[0])
        self.kill()
        os.close(self.ending)
        status = os.waitpid(self.pid, 0)[1]
        if self.walls_up:
            os.waitpid(self.init, 0)  # only now: it waits for all others
        return {"status": status} if by_itself else {}

    def kill_descendants(self):
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    parent = int(file.read().rpartition(b")")[2].split()[1])
                if int(name) != self.pid and self.owns(int(name), parent):
                    os.kill(int(name), signal.SIGKILL)
            except OSError:
                continue


def main(control):
    import child

    child.warm_up()
    control.send(b'{"ready": true}')
    living, watched = None, [control]
    while True:
        if control not in select.select(watched, [], [])[0]:
            living.kill()  # what it has started may hold its connection
            watched = [control]
            continue
        message, descriptors, _, _ = socket.recv_fds(control, 65536, 1)
        if not message:
            return
        order = json.loads(message)
        if order["op"] == "spawn":
            try:
                os.set_inheritable(descriptors[0], False)
                living, answer = Child(socket.socket(fileno=descriptors[0]), order["limits"], order["walls"]), {}
                watched = [control, living]
            except (OSError, RuntimeError) as error:
                answer = {"fault": str(error)}
        elif order["op"] == "usage":
            answer = living.usage()
        else:
            answer, living, watched = living.end(order["wait_s"]), None, [control]
        control.send(json.dumps(answer).encode())


if __name__ == "__main__":
    own_pid_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY)
    os.set_inheritable(int(sys.argv[1]), False)
    main(socket.socket(fileno=int(sys.argv[1])))
