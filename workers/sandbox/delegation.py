"""Where this process may make cgroups, and why not where it may not.

Version 2 allows processes in leaves only: if our own cgroup is delegated to us, its processes first move into
one below it. Nothing is moved out of a cgroup that is not delegated.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from workers.sandbox.cgroups import CONTROLLERS, Cgroups

ROOT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
SERVER = "studio-server"
"""Where the processes of a delegated cgroup go."""
NEEDED = {"memory", "pids"}
HOW = "systemd delegates one with Delegate=yes, Docker 28 with the security option writable-cgroups=true"
ROUNDS = 20


class NotDelegated(Exception):
    """In a sentence, why no child gets a cgroup of its own."""


def find(root: Path = ROOT, own: str | None = None) -> Cgroups:
    """Where cgroups can be made; nothing is changed. NotDelegated where there is no such place."""
    lines = [line.split(":", 2) for line in (own or OWN.read_text()).splitlines()]
    paths = {name: path for _, names, path in lines for name in names.split(",")}
    if (root / "cgroup.controllers").exists():
        return Cgroups(2, dict.fromkeys(CONTROLLERS, str(_delegated(root, paths.get("", "/")))))
    folders = {name: _own_folder(root / name, paths.get(name, "/")) for name in CONTROLLERS}
    for name, folder in folders.items():
        if not os.access(folder, os.W_OK):
            raise NotDelegated(f"this machine has version 1, and {name} cannot be changed here")
    return Cgroups(1, {name: str(folder) for name, folder in folders.items()})


def _own_folder(hierarchy: Path, path: str) -> Path:
    """In a container the hierarchy may begin with our own cgroup."""
    folder = hierarchy / path.strip("/")
    return folder if folder.is_dir() else hierarchy


def _delegated(root: Path, path: str) -> Path:
    folder = root / path.strip("/")
    if folder.name == SERVER:
        folder = folder.parent
    if NEEDED - set(_words(folder / "cgroup.controllers")):
        raise NotDelegated(f"memory and pids are not among the controllers of {folder}")
    if not os.access(folder, os.W_OK):
        raise NotDelegated(f"{folder} cannot be changed here; {HOW}")
    if folder != root and not _is_marked(folder):
        raise NotDelegated(f"{folder} is not delegated to Studio; {HOW}")
    return folder


def _is_marked(folder: Path) -> bool:
    """Whether systemd says that it leaves this cgroup to whoever runs in it."""
    for name in ("user.delegate", "trusted.delegate"):
        with suppress(OSError):
            if os.getxattr(folder, name) == b"1":
                return True
    return False


def prepare(cgroups: Cgroups) -> None:
    """Lets cgroups with limits be made there. NotDelegated where the kernel refuses."""
    cgroups.remove_orphans()
    if cgroups.version == 1:
        return
    folder = Path(cgroups.folders["memory"])
    switch = folder / "cgroup.subtree_control"
    if not NEEDED - set(_words(switch)):
        return
    try:
        if (folder / "cgroup.type").exists():  # the machine's own root has none, and may hold processes
            _make_leaf(folder)
        switch.write_text("+memory +pids")
    except OSError as error:
        raise NotDelegated(f"the kernel refuses cgroups below {folder}: {error.strerror}") from None


def _make_leaf(folder: Path) -> None:
    """Moves all processes of a cgroup into one below it, those too that are started meanwhile."""
    server = folder / SERVER
    server.mkdir(exist_ok=True)
    for _ in range(ROUNDS):
        if not (pids := _words(folder / "cgroup.procs")):
            return
        for pid in pids:
            with suppress(ProcessLookupError):
                (server / "cgroup.procs").write_text(pid)


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []


def get(setting: str = "auto") -> Cgroups:
    """Where this process makes cgroups; it is prepared. NotDelegated where nobody can, or shall."""
    found = _find_if_wanted(setting)
    prepare(found)
    return found


def _find_if_wanted(setting: str) -> Cgroups:
    if setting == "off":
        raise NotDelegated("STUDIO_CGROUPS=off was chosen")
    return find()


def sentence(setting: str) -> str:
    """Who counts what a node uses. Nothing is changed."""
    try:
        _find_if_wanted(setting)
    except NotDelegated as why:
        return f"what a node uses is looked at ten times a second, with no cgroup a node: {why}"
    return (
        "memory, processes and processor time of each node are counted by the kernel, in a cgroup of its own"
    )
