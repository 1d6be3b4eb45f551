"""The self-test's attacks, made from inside a confined child. Each says what it got away with."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workers.sandbox import kernel

Targets = dict[str, Any]
FAMILIES = range(46)


def report(targets: Targets) -> str:
    """JSON: [name, essential, what went wrong or ""] for each protection."""
    return json.dumps([[name, essential, _tried(attack, targets)] for name, essential, attack in ATTACKS])


def _tried(attack: Callable[[Targets], str | None], targets: Targets) -> str:
    try:
        return attack(targets) or ""
    except Exception as error:
        return f"the test itself failed: {type(error).__name__}: {error}"


def network(targets: Targets) -> str | None:
    """A socket of any family; then the listeners the parent opened for the purpose."""
    opened = []
    for family in FAMILIES:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            try:
                socket.socket(family, kind).close()
            except OSError:
                continue
            opened.append(family)
    if opened:
        return f"sockets could be opened (families {sorted(set(opened))})"
    return None


def files(targets: Targets) -> str | None:
    for path in (*targets["secrets"], "/etc/shadow", "/proc/1/environ", "/proc/kcore"):
        try:
            data = Path(path).read_bytes()[:64]
        except OSError:
            continue
        if path != "/proc/1/environ" or b"SANDBOX_SECRET" in data:
            return f"{path} could be read"
    for folder in (
        "/",
        "/usr",
        "/etc",
        targets["home"],
        str(kernel.__file__ and Path(kernel.__file__).parent),
    ):
        try:
            Path(folder, "studio-was-here").write_text("")
        except OSError:
            continue
        return f"a file could be made in {folder}"
    return None


def other_processes(targets: Targets) -> str | None:
    """Environment and memory of the parent and of everybody else in /proc."""
    for pid in {1, os.getppid(), targets["pid"]} - {0, os.getpid()}:
        for name in ("environ", "maps", "mem"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    if name == "mem" or file.read(1):
                        return f"/proc/{pid}/{name} could be read"
            except OSError:
                continue
    return None


def signals(targets: Targets) -> str | None:
    if os.getpid() == 1:
        return None  # nobody else has a number here
    try:
        os.kill(targets["pid"], 0)
    except OSError:
        return None
    return "signals reach other processes of the same user (Linux 6.12 has Landlock for that)"


def capabilities(targets: Targets) -> str | None:
    for line in Path("/proc/self/status").read_text().splitlines() if os.path.exists("/proc/self") else []:
        name, _, value = line.partition(":")
        if name in ("CapEff", "CapPrm", "CapInh", "CapAmb") and int(value, 16):
            return f"{name} is {value.strip()}"
        if name == "NoNewPrivs" and value.strip() != "1":
            return "no_new_privs is not set"
        if name == "Seccomp" and value.strip() != "2":
            return "there is no seccomp filter"
    return None


def system_calls(targets: Targets) -> str | None:
    """Mounts, namespaces, chroot, tracing, keys, io_uring: each must be refused."""
    libc = kernel.libc
    tried: dict[str, Callable[[], int]] = {
        "mount": lambda: libc.mount(b"none", b"/", None, kernel.REMOUNT | kernel.BIND, None),
        "unshare": lambda: libc.unshare(kernel.NEWUSER),
        "setns": lambda: libc.setns(0, 0),
        "chroot": lambda: libc.chroot(b"/"),
        "ptrace": lambda: libc.ptrace(0, 0, None, None),
        "keyctl": lambda: libc.syscall(ctypes.c_long(250 if kernel.X86 else 219), 0, -3, 1),
        "io_uring": lambda: libc.syscall(ctypes.c_long(425), 1, ctypes.create_string_buffer(128)),
    }
    done = [name for name, attempt in tried.items() if attempt() != -1]
    return f"allowed: {', '.join(done)}" if done else None


def unprivileged(targets: Targets) -> str | None:
    return "the child runs as root" if os.geteuid() == 0 or os.getuid() == 0 else None


def namespaces(targets: Targets) -> str | None:
    return None if os.getpid() == 1 else "the child shares the process table, mounts and IPC of the machine"


def landlocked(targets: Targets) -> str | None:
    return None if targets["landlock"] else "this kernel has no Landlock (Linux 5.13 brings it)"


def limited(targets: Targets) -> str | None:
    for name in ("DATA", "CPU", "NPROC", "NOFILE", "FSIZE"):
        soft, _ = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))
        if soft == resource.RLIM_INFINITY or (name == "NPROC" and soft > 5000):
            return f"the kernel does not limit {name}; the parent looks ten times a second instead"
    return None


def own_proc(targets: Targets) -> str | None:
    return None if os.path.exists("/proc/self") else "this container does not let a child have its own /proc"


def ends(targets: Targets) -> str | None:
    """A signal to everybody must not reach anybody outside; we survive by definition."""
    try:
        os.kill(-1, signal.SIGCONT)
    except OSError:
        return None
    return None if os.getpid() == 1 else "a signal to everybody was sent"


ATTACKS: list[tuple[str, bool, Callable[[Targets], str | None]]] = [
    ("no network of any family", True, network),
    ("no files but its own", True, files),
    ("no other process's memory or environment", True, other_processes),
    ("no signal to everybody", True, ends),
    ("no capabilities, no_new_privs, seccomp", True, capabilities),
    ("dangerous system calls refused", True, system_calls),
    ("an unprivileged user", False, unprivileged),
    ("namespaces of its own", False, namespaces),
    ("Landlock", False, landlocked),
    ("signals stay inside", False, signals),
    ("limits held by the kernel", False, limited),
    ("a /proc of its own", False, own_proc),
]
