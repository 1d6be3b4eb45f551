"""Landlock: which files this process and all its descendants may ever touch again.

See https://docs.kernel.org/userspace-api/landlock.html. What the kernel's version does not know
is left out; `version()` tells how much that is.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from workers.sandbox import kernel

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_REG, TRUNCATE, IOCTL_DEV = 1 << 8, 1 << 14, 1 << 15
RULE_PATH_BENEATH, RULE_NET_PORT = 1, 2
CONNECT_TCP = 2
KNOWS_TCP = 4
"""The first version that does."""
CREATE_VERSION = 1

READ = EXECUTE | READ_FILE | READ_DIR
FULL = (1 << 15) - 1
DRAFTS = READ_FILE | READ_DIR | WRITE_FILE | MAKE_REG | TRUNCATE
"""Nothing can be removed there, nor renamed: what takes room has a name, and is counted."""
DEVICE = READ_FILE | WRITE_FILE
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class _NetPort(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("allowed", "port")]


def version() -> int:
    """The kernel's Landlock ABI; 0 where there is none."""
    try:
        return kernel.syscall(kernel.SYS_LANDLOCK_CREATE, "landlock version", None, 0, CREATE_VERSION)
    except OSError:
        return 0


def restrict(allowed: Iterable[tuple[str, int]], port: int = 0) -> None:
    """Forbids every file but those beneath the given paths, TCP but to `port`, and signals to others.

    Needs no_new_privs. Paths that do not exist are left out.
    """
    abi = version()
    files = (1 << (13 if abi < 2 else 14 if abi < 3 else 15 if abi < 5 else 16)) - 1
    rules = _Ruleset(files, 3 if abi >= KNOWS_TCP else 0, 3 if abi >= 6 else 0)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    ruleset = kernel.syscall(kernel.SYS_LANDLOCK_CREATE, "landlock", ctypes.byref(rules), size, 0)
    try:
        for path, rights in allowed:
            _allow(ruleset, path, rights & files)
        if port and abi >= KNOWS_TCP:
            _allow_port(ruleset, port)
        kernel.syscall(kernel.SYS_LANDLOCK_RESTRICT, "landlock restrict", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= OF_FILES
        rule = _PathBeneath(rights, fd)
        kernel.syscall(
            kernel.SYS_LANDLOCK_ADD,
            f"landlock rule for {path}",
            ruleset,
            RULE_PATH_BENEATH,
            ctypes.byref(rule),
            0,
        )
    finally:
        os.close(fd)


def _allow_port(ruleset: int, port: int) -> None:
    rule = _NetPort(CONNECT_TCP, port)
    kernel.syscall(
        kernel.SYS_LANDLOCK_ADD,
        f"landlock rule for port {port}",
        ruleset,
        RULE_NET_PORT,
        ctypes.byref(rule),
        0,
    )
