"""Submissions that look for what is not theirs. Whatever they find that looks like a canary they print, raise and return.

Each finds one canary of its own making first, which must stand on its page: so much for whether finding works.
"""

from tests.autograder.hostile.tricks import trick

OWN = "CANARY-" + 16 * "0"

LOOT = """
import contextlib, os, re
loot = set()
def look(blob):
    if isinstance(blob, str):
        blob = blob.encode("utf-8", "replace")
    loot.update(match.decode() for match in re.findall(rb"CANARY-[0-9a-f]{16}", bytes(blob)))
def read(path, size=10**6):
    with contextlib.suppress(Exception), open(path, "rb") as file:
        look(file.read(size))
def walk(top, most=3000):
    for folder, folders, files in os.walk(top):
        for name in files:
            most -= 1
            if most < 0:
                return
            read(os.path.join(folder, name))
open("/tmp/own", "w").write("CANARY-" + 16 * "0")
"""

SAY = """
walk("/tmp")
print("found:", sorted(loot))
raise ValueError(" ".join(loot))
"""


def loots(how):
    source = 'look(repr((c_prev, f, i, c_tilde)))\nraise KeyError(" ".join(sorted(loot)))'
    return trick(source, before=[LOOT, how, SAY], status="error", says=(OWN,))


LOOTING = {
    "loots-files": loots(
        """
for top in ("{root}", "{root}/..", "/root", "/home", "/etc", "/var", "/run", "/mnt", "/srv", "/opt", "/usr/local", "/runtime/grader"):
    walk(top, 300)
for path in ("{root}/secret", "../secret", "/proc/self/cwd/secret", "/proc/1/cwd/secret", "/proc/1/root{root}/secret"):
    read(path)
"""
    ),
    "loots-through-links": loots(
        """
for number, target in enumerate(("{root}", "/proc/1/root", "/proc/self/root/..", "/dev/fd", "/..")):
    with contextlib.suppress(OSError):
        os.symlink(target, f"/tmp/link{number}")
        walk(f"/tmp/link{number}/", 300)
    with contextlib.suppress(OSError):
        os.link("{root}/secret", f"/tmp/hard{number}")
"""
    ),
    "loots-the-environment": loots(
        """
import ctypes
look(repr(dict(os.environ)))
libc = ctypes.CDLL(None)
environ, k = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ"), 0
while environ and environ[k]:
    look(environ[k])
    k += 1
for pid in ("self", *range(1, 200)):
    for name in ("environ", "cmdline", "maps", "status", "mountinfo"):
        read(f"/proc/{pid}/{name}")
"""
    ),
    "loots-memory-of-others": loots(
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(2**16)
class Vector(ctypes.Structure):
    _fields_ = [("at", ctypes.c_void_p), ("size", ctypes.c_size_t)]
for pid in {os.getppid(), 1, 2, 3, *range(os.getpid() - 5, os.getpid())}:
    libc.ptrace(16, pid, 0, 0)
    for at in (0x400000, id(loot), id(os)):
        libc.process_vm_readv(pid, ctypes.byref(Vector(ctypes.addressof(buffer), 2**16)), 1, ctypes.byref(Vector(at, 2**16)), 1, 0)
        look(buffer.raw)
    with contextlib.suppress(OSError), open(f"/proc/{pid}/mem", "rb", 0) as memory:
        memory.seek(id(loot))
        look(memory.read(2**16))
    with contextlib.suppress(OSError):
        descriptor = os.pidfd_open(pid)
        for number in range(30):
            taken = libc.syscall(438, descriptor, number, 0)
            if taken >= 0:
                look(os.read(taken, 1000))
for path in ("/dev/mem", "/dev/kmem", "/proc/kcore", "/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/kmsg"):
    read(path, 10**5)
"""
    ),
    "loots-its-own-memory": loots(
        """
import gc, sys
for thing in gc.get_objects():
    for part in gc.get_referents(thing) if isinstance(thing, (dict, list, tuple, set)) else ():
        if isinstance(part, (str, bytes, bytearray)) and part is not LOOT_TEXT:
            look(part)
for frame in sys._current_frames().values():
    while frame:
        look(repr(frame.f_locals)[:10**6])
        frame = frame.f_back
""".replace(" and part is not LOOT_TEXT", "")
    ),
    "loots-open-files": loots(
        """
import array, socket
for number in range(300):
    with contextlib.suppress(Exception):
        look(os.readlink(f"/proc/self/fd/{number}"))
    with contextlib.suppress(Exception):
        os.set_blocking(number, False)
        look(os.pread(number, 10**5, 0))
    with contextlib.suppress(Exception):
        duplicate = socket.socket(fileno=os.dup(number))
        duplicate.settimeout(0)
        data, extra, *_ = duplicate.recvmsg(10**5, 1000, socket.MSG_PEEK)
        look(data)
        for level, kind, payload in extra:
            for taken in array.array("i", payload):
                look(os.read(taken, 10**5))
for number in range(300):
    with contextlib.suppress(OSError):
        os.set_blocking(number, True)
"""
    ),
    "loots-neighbours": loots(
        """
for name in ("a-neighbour", "m-neighbour", "z-neighbour"):
    for path in (f"{root}/submitted/{name}/gates/gates.ipynb", f"../{name}/gates/gates.ipynb", f"{root}/out/feedback/{name}/gates.html"):
        read(path)
for path in ("{root}/out/gradebook.db", "{root}/out/grades.csv", "{root}/out/instructor/gates.jsonl"):
    read(path)
with contextlib.suppress(Exception):
    import sqlite3
    look(repr(list(sqlite3.connect("file:{root}/out/gradebook.db?mode=ro", uri=True).execute("select * from grade"))))
"""
    ),
    "loots-the-network": loots(
        """
import socket
def ask(family, address):
    with contextlib.suppress(OSError), socket.socket(family) as caller:
        caller.settimeout(0.2)
        caller.connect(address)
        look(caller.recv(1000))
port = int("{port}")
ask(socket.AF_INET, ("127.0.0.1", port))
ask(socket.AF_INET6, ("::1", port))
ask(socket.AF_UNIX, "\\0hostile-{port}")
ask(socket.AF_UNIX, "{root}/socket")
with contextlib.suppress(OSError):
    ask(socket.AF_VSOCK, (2, port))
with contextlib.suppress(OSError):
    look(socket.getaddrinfo("localhost", port).__repr__())
with contextlib.suppress(OSError):
    import urllib.request
    look(urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=0.2).read())
!timeout 1 bash -c 'cat < /dev/tcp/127.0.0.1/{port}'
"""
    ),
    "loots-shared-memory": loots(
        """
import ctypes, mmap
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
walk("/dev/shm")
walk("/dev/mqueue")
for key in (int("{key}"), *range(20)):
    for number in (libc.shmget(key, 0, 0), key):
        at = libc.shmat(number, None, 0o10000)
        if at not in (None, 2**64 - 1):
            look(ctypes.string_at(at, 100))
libc.syscall(250, 0, -3, 1)
libc.klogctl(3, (buffer := ctypes.create_string_buffer(10**5)), 10**5)
look(buffer.raw)
"""
    ),
    "loots-by-the-shell": loots(
        """
%%bash
set +e
ls -la {root} / /proc /root > /tmp/listing 2>&1
cat {root}/secret {root}/out/instructor/* /etc/shadow /etc/passwd ../../secret > /tmp/cat 2>&1
env > /tmp/env; ps aux > /tmp/ps 2>&1; mount > /tmp/mount 2>&1; ipcs -a > /tmp/ipcs 2>&1
sudo -n cat {root}/secret > /tmp/sudo 2>&1; su -c 'cat {root}/secret' > /tmp/su 2>&1 < /dev/null
unshare -Ur cat {root}/secret > /tmp/unshare 2>&1; nsenter -t 1 -a cat {root}/secret > /tmp/nsenter 2>&1
chroot /proc/1/root cat {root}/secret > /tmp/chroot 2>&1
python3 -c 'print(open("{root}/secret").read())' > /tmp/python 2>&1
true
"""
    ),
    "loots-seeds": loots(
        """
import numpy, random, sys
look(repr(numpy.random.get_state()) + repr(random.getstate()) + repr(sys.argv) + repr(sys.flags) + repr(sys.path))
for name, module in list(sys.modules.items()):
    with contextlib.suppress(Exception):
        look(repr(vars(module))[:10**5])
"""
    ),
}
