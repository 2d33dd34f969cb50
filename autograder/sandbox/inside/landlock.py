"""Landlock, the second layer: even if a mount of the walls were missing, a student's process reads the runtime alone.

It may read and run what is in the runtime, write below its own folders and to /dev/null; it may use no TCP port, no
abstract socket and no signal to reach a process that is not its own. Whatever else a ruleset can forbid is
forbidden. A kernel that lacks Landlock (before 5.13, or built without it), or a part of it, leaves the first layer as
it is: mounts, namespaces, another user and the seccomp filter. Source: linux/landlock.h.
"""

import ctypes
import errno
import os
import stat

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on all machines
VERSION = 1  # flag: ask for the version instead of a ruleset
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL_DEV = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV  # the rights that a plain file or device can have
READ = EXECUTE | READ_FILE | READ_DIR
# version: rights over files that it was the first to know, all older ones included
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP_RIGHTS = {4: 0b11}  # bind and connect
SCOPES = {6: 0b11}  # abstract sockets and signals


class Ruleset(ctypes.Structure):
    """``struct landlock_ruleset_attr``."""

    _fields_ = [("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class PathBeneath(ctypes.Structure):
    """``struct landlock_path_beneath_attr``."""

    _pack_ = 1
    _layout_ = "ms"  # what _pack_ means anyway; Python 3.14 wants it said
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def install(libc, readable, writable) -> bool:
    """Restrict this process and all that it starts to these paths; False, and nothing done, without Landlock.

    A path that is not there is passed over. The process must have set ``PR_SET_NO_NEW_PRIVS``.
    """

    def call(number, *arguments):
        result = libc.syscall(number, *arguments)
        if result < 0:
            raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
        return result

    try:
        version = call(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP):
            return False
        raise
    files, tcp, scopes = (known(rights, version) for rights in (FILE_RIGHTS, TCP_RIGHTS, SCOPES))
    size = 8 if version < 4 else 16 if version < 6 else 24  # an older kernel knows a shorter structure
    rules = call(CREATE_RULESET, ctypes.byref(Ruleset(files, tcp, scopes)), ctypes.c_size_t(size), 0)
    for path, rights in [*((path, READ) for path in readable), *((path, files) for path in writable)]:
        try:
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        if not stat.S_ISDIR(os.fstat(folder).st_mode):
            rights &= OF_FILES
        call(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(PathBeneath(rights & files, folder)), 0)
        os.close(folder)
    call(RESTRICT_SELF, rules, 0)
    os.close(rules)
    return True


def known(rights, version):
    """The rights that this version of Landlock knows."""
    return max((mask for first, mask in rights.items() if first <= version), default=0)
