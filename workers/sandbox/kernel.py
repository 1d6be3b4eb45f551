"""The few kernel calls confinement needs and Python 3.11 lacks, by ctypes.

Each call raises OSError with what was tried. Numbers are for x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
from typing import Any

MACHINE = platform.machine()
X86 = MACHINE == "x86_64"

NEWNS, NEWUTS, NEWIPC = 0x20000, 0x4000000, 0x8000000
NEWUSER, NEWPID, NEWNET, NEWCGROUP = 0x10000000, 0x20000000, 0x40000000, 0x2000000

RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT = 1, 2, 4, 8, 32
BIND, REC, PRIVATE = 4096, 16384, 1 << 18
DETACH = 2

SYS_PIVOT_ROOT = 155 if X86 else 41
SYS_SECCOMP = 317 if X86 else 277
SYS_MOUNT_SETATTR = 442
SYS_LANDLOCK_CREATE, SYS_LANDLOCK_ADD, SYS_LANDLOCK_RESTRICT = 444, 445, 446

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 22, 36, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
SYS_CAPSET = 126 if X86 else 91

AT_FDCWD, AT_RECURSIVE = -100, 0x8000
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_long,
]
libc.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]


def check(result: int, what: str) -> int:
    """The result of a C call, or OSError naming `what` was tried."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, what: str, *arguments: Any) -> int:
    """Any system call; plain integers are passed as 64 bits."""
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return check(libc.syscall(ctypes.c_long(number), *wide), what)


def unshare(flags: int) -> None:
    check(libc.unshare(ctypes.c_int(flags)), f"unshare({flags:#x})")


def setns(fd: int, kind: int) -> None:
    check(libc.setns(ctypes.c_int(fd), ctypes.c_int(kind)), f"setns({kind:#x})")


def prctl(option: int, a: int = 0, b: int = 0, c: int = 0, d: int = 0) -> int:
    wide = [ctypes.c_ulong(value) for value in (a, b, c, d)]
    return check(libc.prctl(ctypes.c_int(option), *wide), f"prctl({option})")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    texts = [os.fsencode(text) if text else None for text in (source, target, kind)]
    result = libc.mount(*texts, flags, data.encode() if data else None)
    check(result, f"mount {kind or source} on {target}")


def unmount(target: str) -> None:
    check(libc.umount2(os.fsencode(target), DETACH), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    syscall(
        SYS_PIVOT_ROOT,
        f"pivot_root {new}",
        ctypes.c_char_p(os.fsencode(new)),
        ctypes.c_char_p(os.fsencode(old)),
    )


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def restrict_mount(target: str, attributes: int) -> None:
    """Adds read-only, nosuid or nodev to a mount and all below it (one mount only before Linux 5.12)."""
    wanted = _MountAttributes(set=attributes)
    try:
        syscall(
            SYS_MOUNT_SETATTR,
            f"mount_setattr {target}",
            AT_FDCWD,
            ctypes.c_char_p(os.fsencode(target)),
            AT_RECURSIVE,
            ctypes.byref(wanted),
            ctypes.sizeof(wanted),
        )
    except OSError:
        # The flags of statvfs and of mount agree for these bits; dropping a locked one is refused.
        kept = os.statvfs(target).f_flag & 0xFF & ~REMOUNT
        mount("", target, flags=REMOUNT | BIND | kept | attributes)


def die_with_parent() -> None:
    """The kernel kills this process when its parent goes. Has to be said again after a change of uid."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
