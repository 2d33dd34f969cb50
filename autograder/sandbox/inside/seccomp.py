"""A seccomp filter for a student's process: what it may not ask the kernel, whatever else fails.

System calls that reach other processes, namespaces, mounts, kernel memory or uncounted memory end with EPERM; those
that are newer than this table do not exist. Sockets are for the machine's own family (AF_UNIX) alone. The filter is
classic BPF, put together here because no wheel carries libseccomp. Source: linux/seccomp.h, linux/filter.h, and the kernel's
tables of system calls.
"""

import ctypes
import errno
import platform
import struct

# name: (x86_64, aarch64); None where the machine has no such call
FORBIDDEN = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_setup": (206, 0),  # its rings come out of one store for the whole machine
    "sync": (162, 81),
    "syncfs": (306, 267),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "quotactl": (179, 60),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "syslog": (103, 116),
    "open_by_handle_at": (304, 265),
    "memfd_create": (319, 279),  # memory that no limit counts, like the three below
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "ioperm": (173, None),
    "iopl": (172, None),
}
# by machine: (AUDIT_ARCH, socket, clone, mmap, which column above)
MACHINES = {"x86_64": (0xC000003E, 41, 56, 9, 0), "aarch64": (0xC00000B7, 198, 220, 222, 1)}
CLONE3, LAST = 435, 450  # on every machine; the last call of Linux 5.17

AF_UNIX = 1
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
CLONE_NEW_ANY = 0x7E020000 | 0x00000080  # every namespace flag, CLONE_NEWTIME too
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, ARCH, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data (little-endian: the low word of an argument first)


def program(machine=None):
    """The filter as bytes: an array of ``struct sock_filter``; ``OSError`` for a machine without a table."""
    machine = machine or platform.machine()
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"no table of system calls for {machine}; known are {', '.join(MACHINES)}")
    arch, socket, clone, mmap, column = MACHINES[machine]
    deny, no_such_call = ERRNO | errno.EPERM, ERRNO | errno.ENOSYS

    def step(code, k, if_true=0, if_false=0):
        return struct.pack("HBBI", code, if_true, if_false, k)

    def deny_if(code, k, answer=deny):  # the next instruction answers, or is jumped over
        return step(code, k, 0, 1) + step(RETURN, answer)

    def only_for(number, argument, checks):  # look at one argument, then go on
        inner = step(LOAD, ARGUMENTS + 8 * argument) + checks
        return step(JUMP_EQUAL, number, 0, len(inner) // 8 + 1) + inner + step(LOAD, NUMBER)

    code = step(LOAD, ARCH) + step(JUMP_EQUAL, arch, 1, 0) + step(RETURN, KILL) + step(LOAD, NUMBER)
    if machine == "x86_64":
        code += deny_if(JUMP_GREATER_EQUAL, X32_BIT)
    code += deny_if(JUMP_GREATER_EQUAL, LAST + 1, no_such_call)
    code += deny_if(JUMP_EQUAL, CLONE3, no_such_call)  # its flags are out of a filter's reach; libc falls back
    for numbers in FORBIDDEN.values():
        if numbers[column] is not None:
            code += deny_if(JUMP_EQUAL, numbers[column])
    code += only_for(clone, 0, deny_if(JUMP_SET, CLONE_NEW_ANY & ~0x80))
    code += only_for(socket, 0, step(JUMP_EQUAL, AF_UNIX, 1, 0) + step(RETURN, deny))
    # shared memory without a file is counted nowhere once its pages are given back
    code += only_for(mmap, 3, step(JUMP_SET, MAP_ANONYMOUS, 0, 2) + deny_if(JUMP_SET, MAP_SHARED))
    return code + step(RETURN, ALLOW)


class Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def install(libc):
    """Put the filter on this process and all that it starts; ``OSError`` if the kernel refuses."""
    code = program()
    if libc.prctl(22, 2, ctypes.byref(Program(len(code) // 8, code)), 0, 0):  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), "seccomp filter refused")
