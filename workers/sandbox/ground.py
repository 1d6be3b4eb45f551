"""The ground a template stands on: namespaces of its own, and a small read-only root made once.

It is entered before anything heavy is imported, because a process that has threads may not enter
a user namespace. Children copy what lies here, so that each costs a few mounts only.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import stat
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NoReturn

from workers.sandbox import kernel, machine

Tier = Literal["1", "2", "off"]

# Unused in systemd's table of uids, and below 65536, so that root in a container has them too.
FIRST_UID, NOBODY = 60578, 65534
CAP_SYS_ADMIN, CAP_SETUID = 21, 7

# Not "zero": mapped, it is memory that nobody can count.
DEVICES = ("null", "full", "random", "urandom")
LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "/proc/self/fd/0",
    "stdout": "/proc/self/fd/1",
    "stderr": "/proc/self/fd/2",
}
SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/etc/R",
    "/etc/ssl/certs",
    "/etc/pki/tls/certs",
    "/etc/pki/ca-trust/extracted",
    "/etc/alternatives",
    "/etc/localtime",
    "/etc/mime.types",
    "/var/cache/fontconfig",
)
# Below one name that no installation has: whatever lies there on the machine is hidden from children.
WORK, OUT, IN, BOX, KEPT = "/sandbox/work", "/sandbox/out", "/sandbox/in", "/sandbox/box", "/sandbox/kept"
PACKAGES = "/sandbox/packages"
PRIVATE = ("/tmp", "/dev/shm")  # noqa: S108
FOLDERS = (WORK, OUT, IN, BOX, KEPT, PACKAGES, *PRIVATE, "/proc", "/etc")
PASSWD = f"root:x:0:0:root:/nonexistent:/bin/false\nstudio:x:{NOBODY}:{NOBODY}:Studio:/sandbox/work:/bin/sh\n"
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ground:
    """`privileged`: real root, who can give each child a uid of its own without user namespaces. `empty`: a
    folder with nothing in it."""

    tier: Tier
    privileged: bool
    root: str
    empty: str
    pid_namespace: int = -1


def readable() -> list[str]:
    """What of the real file system a child may read: system, Python, R, our own code. Existing paths."""
    paths = [*SYSTEM, sys.prefix, os.path.realpath(sys.prefix), sys.base_prefix, sys.exec_prefix]
    rscript = shutil.which("Rscript")
    if rscript and Path(rscript).parent.name == "bin":
        paths.append(str(Path(rscript).resolve().parents[1]))
    paths += [
        str(PROJECT / "modules"),
        str(PROJECT / "workers" / "sandbox"),
        str(PROJECT / "workers" / "__init__.py"),
    ]
    kept: list[str] = []
    for path in paths:
        covered = any(path == k or (path.startswith(f"{k}/") and not Path(k).is_symlink()) for k in kept)
        if path != "/" and not covered and os.path.lexists(path):
            kept.append(path)
    return kept


def view() -> list[tuple[str, int, int]]:
    """What a child may read, and which file or folder each path is just now. It changes where something
    is installed or replaced (R, the linker's cache): a template that was started before does not see it."""
    found = [(path, os.lstat(path)) for path in readable()]
    return [(path, status.st_dev, status.st_ino) for path, status in found]


def _capabilities() -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))


def _can_change_user() -> bool:
    with open("/proc/self/uid_map") as file:
        ranges = [[int(part) for part in line.split()] for line in file]
    mapped = any(inside <= FIRST_UID < inside + count for inside, _, count in ranges)
    return os.geteuid() == 0 and bool(_capabilities() >> CAP_SETUID & 1) and mapped


def _everybody_reaches(path: str) -> bool:
    """Whether a user without rights gets as far as this folder."""
    place = Path(path).resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (place, *place.parents))


def enter(tier: Tier, root: str, control: int) -> Ground:
    """Makes this process the template of its tier. In tier 1 it goes on as process 1 of a new
    namespace, whose end ends every child; the process it was waits for it and does nothing else."""
    if tier != "1":
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        needed = (sys.prefix, sys.base_prefix, str(PROJECT / "modules"))
        return Ground(
            tier, tier == "2" and _can_change_user() and all(map(_everybody_reaches, needed)), "/", root
        )
    privileged = _can_change_user() and bool(_capabilities() >> CAP_SYS_ADMIN & 1)
    uid, gid = os.geteuid(), os.getegid()
    namespaces = kernel.NEWPID | kernel.NEWNS | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS
    kernel.unshare(namespaces if privileged else namespaces | kernel.NEWUSER)
    if not privileged:
        map_ids(os.open("/proc/self", os.O_PATH), (uid, uid), (gid, gid))
    inner = os.fork()
    if inner:
        _wait_for(inner, control)
    kernel.die_with_parent()
    socket.sethostname("studio")
    kernel.mount("", "/", flags=kernel.REC | kernel.PRIVATE)
    build(root)
    return Ground(
        tier, privileged, root, f"{root}{BOX}", os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    )


def _wait_for(inner: int, control: int) -> NoReturn:
    """Ends when the template ends, and ends it as soon as the worker at the other end of `control` is
    gone: the template itself would notice only when it next reads, which is after its imports."""
    os.closerange(3, control)
    os.closerange(control + 1, 256)
    pidfd = os.pidfd_open(inner)
    events = select.poll()
    events.register(pidfd, select.POLLIN)
    events.register(control, 0)  # tells a hang-up only
    if all(fd == control for fd, _ in events.poll()):
        os.kill(inner, signal.SIGKILL)
    _, status = os.waitpid(inner, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def map_ids(self_fd: int, uid: tuple[int, int], gid: tuple[int, int]) -> None:
    """Names this process's user and group (inside, outside) in its new user namespace; `self_fd` is
    /proc/self, and is closed."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid[0]} {uid[1]} 1"),
        ("gid_map", f"{gid[0]} {gid[1]} 1"),
    ):
        fd = os.open(name, os.O_WRONLY, dir_fd=self_fd)
        try:
            os.write(fd, text.encode())
        finally:
            os.close(fd)
    os.close(self_fd)


def build(root: str) -> None:
    """The small root: an empty tmpfs with read-only views of what a child may read."""
    kernel.mount("tmpfs", root, "tmpfs", kernel.NOSUID, "mode=0755,size=1m")
    old = os.umask(0o022)
    for folder in FOLDERS:
        os.makedirs(f"{root}{folder}", exist_ok=True)
    Path(f"{root}/etc/passwd").write_text(PASSWD)
    Path(f"{root}/etc/group").write_text(f"root:x:0:\nstudio:x:{NOBODY}:\n")
    for name, target in LINKS.items():
        os.symlink(target, f"{root}/dev/{name}")
    for path in readable():
        _show(root, path, kernel.ATTR_NODEV)
    for place, path in hidden():
        _show(root, path, kernel.ATTR_NODEV, place)
    for name in DEVICES:
        _show(root, f"/dev/{name}", 0)
    for path, place in machine.MOVED.items():
        _show(root, path, kernel.ATTR_NODEV, place)
    os.umask(old)
    kernel.restrict_mount(root, kernel.ATTR_RDONLY | kernel.ATTR_NOSUID)


@cache
def hidden() -> list[tuple[str, str]]:
    """What of the readable lies where a child gets a private folder (a checkout in /tmp): where the
    small root keeps it, and its own path, at which each child shows it again."""
    inside = [path for path in readable() if path.startswith(tuple(f"{p}/" for p in PRIVATE))]
    return [(f"{KEPT}/{place}", path) for place, path in enumerate(inside)]


def _show(root: str, path: str, attributes: int, place: str = "") -> None:
    target = f"{root}{place or path}"
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.islink(path) and path != "/etc/localtime":
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        Path(target).touch()
    kernel.mount(path, target, flags=kernel.BIND | kernel.REC)
    kernel.restrict_mount(target, kernel.ATTR_RDONLY | kernel.ATTR_NOSUID | attributes)
