"""Attacks as one script makes them, one after the other; which of them got through."""

from __future__ import annotations

import json
import os
import secrets
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.workers.sandbox.conftest import no_cgroups
from workers.sandbox import link
from workers.sandbox.ground import PROJECT
from workers.sandbox.job import Job, Limits
from workers.sandbox.logs import Log
from workers.sandbox.parent import Sandbox
from workers.sandbox.selftest import Report

X86 = os.uname().machine == "x86_64"
CALLS = {
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf": (298, 241),
    "userfaultfd": (323, 282),
    "shmget": (29, 194),
    "memfd": (319, 279),
    "fallocate": (285, 47),
    "handle": (304, 265),
    "io_setup": (206, 0),
    "ptrace": (101, 117),
}
NUMBERS = {name: pair[0 if X86 else 1] for name, pair in CALLS.items()}
PROGRAM = bytes([0xB7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0])
"""Of BPF: returns 0."""


@dataclass(frozen=True)
class Targets:
    """What there is to reach: the worker, a file and a folder of the server's, a file and two sockets that
    every user of the machine may open."""

    pid: int
    secret: str
    home: str
    common: str
    socket: str
    abstract: str
    port: int


ATTACKS = {
    # files
    "reads the server's token": "read(secret)",
    "reads what every user may read": "read(common)",
    "lists the server's home": "os.listdir(home)",
    "reads /etc/shadow": "read('/etc/shadow')",
    "writes to the root": "open('/x', 'w')",
    "writes to Python": "open(os.path.join(sys.prefix, 'x'), 'w')",
    "writes to Studio's own code": "open(os.path.join(os.path.dirname(modules.__file__), 'x'), 'w')",
    "writes to the server's home": "open(home + '/x', 'w')",
    "writes where every user may": "open(os.path.dirname(common) + '/x', 'w')",
    "reads the disk itself": "read('/dev/vda')",
    "makes a disk": "os.mknod('disk', stat.S_IFBLK | 0o600, os.makedev(254, 0)) or read('disk')",
    "opens a file by its handle": "call('handle', -100, ctypes.create_string_buffer(64), 0)",
    # the network
    "opens a socket": "socket.socket()",
    "connects to the machine": "socket.create_connection(('127.0.0.1', port), 1)",
    "talks to the kernel (netlink)": "socket.socket(16, 3)",
    "connects to a socket in a folder": "socket.socket(1).connect(path)",
    "connects to an abstract socket": "socket.socket(1).connect(abstract)",
    # processes
    "reads the worker's environment": "read(f'/proc/{pid}/environ')",
    "reads the worker's memory": "open(f'/proc/{pid}/mem', 'rb')",
    "signals the worker": "os.kill(pid, 0) or True",
    "signals everybody": "os.kill(-1, 0) or True",
    "traces the worker": "call('ptrace', 0x4206, pid, 0, 0)",
    "limits the worker": "resource.prlimit(pid, resource.RLIMIT_NOFILE)",
    "slows the worker": "os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid)) or True",
    "sees the worker": "os.stat(f'/proc/{pid}').st_uid + 1",
    # the kernel
    "is root": "os.geteuid() == 0",
    "becomes root": "os.setresuid(0, 0, 0) or True",
    "has capabilities": "int(open('/proc/self/status').read().split('CapEff:')[1].split()[0], 16)",
    "mounts": "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) + 1",
    "makes a user namespace": "libc.unshare(0x10000000) + 1",
    "changes its root": "libc.chroot(b'.') + 1",
    "has a key ring": "call('keyctl', 0, -3, 1)",
    "has io_uring": "call(425, 1, buffer())",
    "loads BPF": "bpf()",
    "measures the machine": "call('perf', buffer(1, 0, 0, 0, 112), 0, -1, -1, 0)",
    "has userfaultfd": "call('userfaultfd', 1)",
    "names the machine": "libc.sethostname(b'x', 1) + 1",
    # what nobody counts
    "shares memory with the next": "call('shmget', 4711, 4096, 0o1666)",
    "has memory in no file": "call('memfd', b'x', 0)",
    "has rules in the kernel": "call(444, buffer(1), 8, 0)",
    "has queues in the kernel": "call('io_setup', 1000, buffer())",
    "removes a draft": "open(out + '/x', 'w').close() or os.unlink(out + '/x') or True",
    "has a draft without a name": "os.open(out, os.O_TMPFILE | os.O_RDWR)",
    "sets disk aside": "call('fallocate', os.open(out + '/y', os.O_CREAT | os.O_RDWR), 1, 0, 1 << 20)",
    "leaves a link among the drafts": "os.symlink('/etc/passwd', out + '/z') or True",
}  # fmt: skip

SCRIPT = """
import ctypes, json, os, resource, socket, stat, sys
import modules
NUMBERS = {numbers!r}
pid, secret, home, common, path, abstract, port = {targets!r}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def read(path):
    with open(path, 'rb') as file: return file.read(1)
def call(number, *arguments):
    number = NUMBERS.get(number, number)
    wide = (ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)
    return libc.syscall(ctypes.c_long(number), *wide) + 1
def buffer(*start):
    return ctypes.create_string_buffer(bytes(start) + bytes(200))
def bpf():
    # A filter for sockets.
    program, license = ctypes.create_string_buffer({program!r}), ctypes.create_string_buffer(b'GPL')
    asked = (ctypes.c_uint64 * 16)(1 | 2 << 32, ctypes.addressof(program), ctypes.addressof(license))
    return call('bpf', 5, asked, 48)
def folder():
    if os.path.isdir('/sandbox/out'): return '/sandbox/out'
    for name in sorted(os.listdir('/proc/self/fd'), key=int):
        if os.path.isdir('/proc/self/fd/' + name) and 'drafts-' in os.readlink('/proc/self/fd/' + name):
            return '/proc/self/fd/' + name
    return {drafts!r}
def azureml_main():
    out = folder()
    for name, attack in {attacks!r}:
        try: through = eval(attack, globals(), {{'out': out}})
        except (OSError, ValueError): through = False
        if through: print('THROUGH', json.dumps(name))
    print('over')
"""


def got_through(sandbox: Sandbox, home: Path) -> set[str]:
    """Names of the attacks that reached what they were after, from one child of this sandbox."""
    drafts = Path(tempfile.mkdtemp(dir=home, prefix="drafts-"))
    with _targets(home) as targets:
        script = SCRIPT.format(
            numbers=NUMBERS,
            program=PROGRAM,
            targets=tuple(vars(targets).values()),
            drafts=str(drafts),
            attacks=list(ATTACKS.items()),
        )
        job = Job(
            verb="node",
            args={"module": "execute-python-script", "params": {"script": script}},
            limits=Limits(wall_seconds=60),
        )
        log = Log(1 << 20)
        outcome = sandbox.run(job, drafts, None, log)
    said = "".join(piece.text for piece in log.kept()).splitlines()
    assert said[-1:] == ["over"], (outcome.failure, said)
    return {json.loads(line.removeprefix("THROUGH ")) for line in said if line.startswith("THROUGH ")}


@contextmanager
def _targets(home: Path) -> Iterator[Targets]:
    secret = home / f"token-{secrets.token_hex(4)}"
    secret.write_text("secret")
    secret.chmod(0o600)
    abstract = f"\0studio-{secrets.token_hex(8)}"
    with (
        tempfile.TemporaryDirectory() as common,
        socket.socket(socket.AF_UNIX) as named,
        socket.socket(socket.AF_UNIX) as nameless,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        os.chmod(common, 0o777 | stat.S_ISVTX)
        Path(common, "file").write_text("of somebody")
        named.bind(f"{common}/socket")
        os.chmod(f"{common}/socket", 0o777)
        nameless.bind(abstract)
        named.listen()
        nameless.listen()
        yield Targets(
            os.getpid(),
            str(secret),
            str(home),
            f"{common}/file",
            f"{common}/socket",
            abstract,
            server.getsockname()[1],
        )
    secret.unlink()


WEAKENED = """
import sys
sys.path.insert(0, {project!r})
from workers.sandbox import confine, ground, kernel, landlock, seccomp, template
{patch}
template.main([*sys.argv[1:], "bare"])
"""


def main(home: str, cases: list[tuple[str, str]]) -> None:
    """Prints what got through in each case: a tier, and what a template does to go without a layer."""
    for tier, patch in cases:
        link.TEMPLATE = Path(home, "weakened.py")
        link.TEMPLATE.write_text(WEAKENED.format(project=str(PROJECT), patch=patch))
        sandbox = Sandbox(Path(home), tier, cgroups=no_cgroups)
        sandbox._report = Report(tier, [])  # type: ignore[arg-type]
        print(json.dumps(sorted(got_through(sandbox, Path(home)))), flush=True)
        sandbox.close()
