"""Confines a freshly forked child for good: mounts, uid, capabilities, limits, Landlock, seccomp.

Called by trusted code before a byte of the user's is parsed. The order matters: mounts need
capabilities, Landlock and seccomp need no_new_privs, and the filter comes last because it forbids
what the steps before it do.
"""

from __future__ import annotations

import os
import resource
import stat
import struct
from collections.abc import Mapping
from ctypes import c_char_p
from dataclasses import dataclass
from pathlib import Path

from workers.sandbox import ground, kernel, landlock, machine, seccomp
from workers.sandbox.ground import Ground
from workers.sandbox.job import Limits

SLACK = 512 << 20
CAPABILITY_VERSION = 0x20080522
LAST_CAPABILITY = 63
# DuckDB finds its limits here, and ends the process where it sees a file it cannot open.
SYS_READABLE = ("/sys/fs/cgroup", "/sys/devices/system/cpu")
PROC_READABLE = (*machine.FACTS, "filesystems", "sys/vm/overcommit_memory", "self")


@dataclass(frozen=True)
class Places:
    """Where a child finds things: its working folder, the drafts, the folder of temporary files, and its
    files by name. `box`: an open descriptor of its tmpfs, or -1. `packages`: those of its environment, or
    empty."""

    work: str
    out: str
    temporary: str
    files: Mapping[str, str]
    box: int = -1
    packages: str = ""


@dataclass(frozen=True)
class Leave:
    """What a job may do that others may not. `removing`: remove files among its drafts. `serving`: nothing is
    left among the drafts, and one call after the other comes. `building`: it builds an environment, and may
    do all among its drafts. `port`: it may reach this port of its own machine. `packages`: a folder that is
    shown to it."""

    removing: bool = False
    serving: bool = False
    building: bool = False
    port: int = 0
    packages: str = ""


def confine(
    base: Ground,
    slot: int,
    drafts: str,
    folder: str,
    files: Mapping[str, str],
    limits: Limits,
    mapped_bytes: int,
    leave: Leave,
) -> Places:
    """Everything at once. `files` are shown read-only under their names. `folder` is the working folder
    where there is no tmpfs. OSError where a protection cannot be set up; the child must then end."""
    os.umask(0o022)
    data_limit = _data_size() + mapped_bytes + limits.memory_bytes + SLACK
    uid = ground.FIRST_UID + slot if base.privileged else os.geteuid()
    nested = base.tier == "1" and not base.privileged
    own = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY) if nested else -1
    if base.privileged:
        _open_to(uid, "" if leave.serving else drafts, folder, files)
    if base.tier == "1":
        places = _own_root(base, uid, drafts, files, limits, leave)
    else:
        places = (
            _held_open(folder, drafts, files, leave)
            if base.privileged
            else Places(
                os.path.join(folder, "work"),
                drafts,
                os.path.join(folder, "tmp"),
                dict(files),
                packages=leave.packages,
            )
        )
    os.chdir(places.work)
    if base.tier == "off":
        _limit(limits, data_limit, None)
        return places
    _drop_privileges(base, uid, own)
    processes = limits.processes if base.tier == "1" or base.privileged else None
    _limit(limits, data_limit, processes)
    # A change of uid makes a process undumpable: /proc/self would belong to root.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.die_with_parent()
    if landlock.version():
        landlock.restrict(_allowed(base, places, leave), leave.port)
    elif base.tier == "2":
        raise OSError("this kernel has no Landlock, and without namespaces nothing else hides files")
    if leave.port and base.tier == "2" and landlock.version() < landlock.KNOWS_TCP:
        raise OSError(
            "this kernel's Landlock knows no TCP, and without namespaces nothing else bounds the network"
        )
    seccomp.install(init=base.tier == "1", shared=leave.serving, network=leave.port > 0)
    return places


def _own_root(
    base: Ground, uid: int, drafts: str, files: Mapping[str, str], limits: Limits, leave: Leave
) -> Places:
    kernel.unshare(kernel.NEWNS | kernel.NEWIPC)
    root = base.root
    size = f"mode=0755,size={limits.work_bytes},nr_inodes={limits.files}"
    kernel.mount("tmpfs", f"{root}{ground.BOX}", "tmpfs", kernel.NOSUID | kernel.NODEV, size)
    for name, place in (("work", ground.WORK), ("tmp", ground.PRIVATE[0]), ("shm", ground.PRIVATE[1])):
        inside = f"{root}{ground.BOX}/{name}"
        os.mkdir(inside)
        if base.privileged:
            os.chown(inside, uid, uid)
        os.chmod(inside, 0o700)
        kernel.mount(inside, f"{root}{place}", flags=kernel.BIND)
    for kept, path in ground.hidden():
        _show_again(root, kept, path)
    shown = _show_files(root, files) if files else {}
    kernel.mount(drafts, f"{root}{ground.OUT}", flags=kernel.BIND)
    read_only = kernel.ATTR_RDONLY if leave.serving else 0
    no_programs = 0 if leave.building else kernel.ATTR_NOEXEC  # what builds a package is run from there
    kernel.restrict_mount(
        f"{root}{ground.OUT}", kernel.ATTR_NOSUID | kernel.ATTR_NODEV | no_programs | read_only
    )
    if leave.packages:
        kernel.mount(leave.packages, f"{root}{ground.PACKAGES}", flags=kernel.BIND)
        kernel.restrict_mount(
            f"{root}{ground.PACKAGES}", kernel.ATTR_RDONLY | kernel.ATTR_NOSUID | kernel.ATTR_NODEV
        )
    _mount_proc(f"{root}/proc")
    box = os.open(f"{root}{ground.BOX}", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    os.chdir(root)
    kernel.pivot_root(".", ".")
    kernel.unmount(".")
    os.chdir("/")
    packages = ground.PACKAGES if leave.packages else ""
    return Places(ground.WORK, ground.OUT, "/tmp", shown, box, packages)  # noqa: S108


def _held_open(folder: str, drafts: str, files: Mapping[str, str], leave: Leave) -> Places:
    """Drafts and files by descriptor: the child's user may not be able to walk to where they lie."""
    out = os.open(drafts, os.O_PATH | os.O_DIRECTORY)
    held = {name: os.open(path, os.O_RDONLY) for name, path in files.items()}
    shown = {name: f"/proc/self/fd/{fd}" for name, fd in held.items()}
    packages = (
        f"/proc/self/fd/{os.open(leave.packages, os.O_PATH | os.O_DIRECTORY)}" if leave.packages else ""
    )
    return Places(
        os.path.join(folder, "work"),
        f"/proc/self/fd/{out}",
        os.path.join(folder, "tmp"),
        shown,
        packages=packages,
    )


def _show_files(root: str, files: Mapping[str, str]) -> dict[str, str]:
    os.mkdir(f"{root}{ground.BOX}/in")
    kernel.mount(f"{root}{ground.BOX}/in", f"{root}{ground.IN}", flags=kernel.BIND)
    for name, path in files.items():
        Path(f"{root}{ground.IN}/{name}").touch()
        kernel.mount(path, f"{root}{ground.IN}/{name}", flags=kernel.BIND)
        kernel.restrict_mount(
            f"{root}{ground.IN}/{name}", kernel.ATTR_RDONLY | kernel.ATTR_NOSUID | kernel.ATTR_NODEV
        )
    return {name: f"{ground.IN}/{name}" for name in files}


def _show_again(root: str, kept: str, path: str) -> None:
    """A private /tmp hides what lies in the real one: Python itself, perhaps."""
    target = f"{root}{path}"
    if os.path.isdir(f"{root}{kept}"):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    kernel.mount(f"{root}{kept}", target, flags=kernel.BIND)


def _mount_proc(target: str) -> None:
    """A /proc of the child's own processes, without what it tells of the machine (an old kernel cannot leave
    that out). Containers that mask parts of theirs may forbid any; most programs do without."""
    flags = kernel.NOSUID | kernel.NODEV | kernel.NOEXEC
    for options in ("subset=pid", ""):
        try:
            kernel.mount("proc", target, "proc", flags | kernel.RDONLY, options)
        except OSError:
            continue
        return


def _open_to(uid: int, drafts: str, folder: str, files: Mapping[str, str]) -> None:
    """The child's user must reach its folders and files, whoever made them."""
    for path in (
        *((drafts,) if drafts else ()),
        *((folder, os.path.join(folder, "work"), os.path.join(folder, "tmp")) if folder else ()),
    ):
        os.chown(path, uid, uid)
    for path in files.values():
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode) and not mode & 0o004:
            os.chmod(path, stat.S_IMODE(mode) | 0o004)


def _drop_privileges(base: Ground, uid: int, own: int) -> None:
    """`own`: the machine's /proc/self, open, or -1; in the child's own /proc nothing can be written."""
    if base.privileged:
        _drop_bounds()
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    elif own >= 0:
        # One more user namespace: no capability anywhere above it, and processes are counted per child.
        gid = os.getegid()
        kernel.unshare(kernel.NEWUSER)
        ground.map_ids(own, (ground.NOBODY, uid), (ground.NOBODY, gid))
        _drop_bounds()
    header, nothing = struct.pack("Ii", CAPABILITY_VERSION, 0), bytes(24)
    kernel.syscall(kernel.SYS_CAPSET, "capset", c_char_p(header), c_char_p(nothing))
    kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)


def _drop_bounds() -> None:
    for capability in range(LAST_CAPABILITY + 1):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:
            return  # beyond the kernel's last one, or never ours to drop


def _limit(limits: Limits, data: int, processes: int | None) -> None:
    wanted = {
        resource.RLIMIT_DATA: data,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: max(limits.output_bytes, limits.work_bytes),
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 64 << 10,
        resource.RLIMIT_SIGPENDING: 4096,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if processes is not None:
        wanted[resource.RLIMIT_NPROC] = processes
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def _data_size() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[5]) * resource.getpagesize()


def _allowed(base: Ground, places: Places, leave: Leave) -> list[tuple[str, int]]:
    writable = [(places.work, landlock.FULL), (places.temporary, landlock.FULL)]
    if leave.building:
        writable.append((places.out, landlock.FULL))
    elif not leave.serving:
        writable.append((places.out, landlock.DRAFTS | (landlock.REMOVE_FILE if leave.removing else 0)))
    devices = [(f"/dev/{name}", landlock.DEVICE) for name in ground.DEVICES]
    if base.tier == "1":
        return [("/", landlock.READ), ("/dev/shm", landlock.FULL), *writable, *devices]  # noqa: S108
    readable = [
        *ground.readable(),
        *SYS_READABLE,
        *places.files.values(),
        *([places.packages] if places.packages else []),
        *(f"/proc/{name}" for name in PROC_READABLE),
    ]
    return [*((path, landlock.READ) for path in readable), *writable, *devices]
