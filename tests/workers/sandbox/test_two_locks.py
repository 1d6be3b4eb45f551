"""Every attack with one layer after the other switched off: what still holds, and what one layer alone holds.

Once as root, once as a server that is not; in both tiers.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.workers.sandbox.assault import ATTACKS, WEAKENED
from tests.workers.sandbox.conftest import Bench
from tests.workers.sandbox.test_tiers import reachable
from workers.sandbox import link
from workers.sandbox.ground import PROJECT
from workers.sandbox.limits import setting
from workers.sandbox.selftest import Report
from workers.sandbox.watch import Watch

OFF = {
    "nothing": "",
    "Landlock": "landlock.restrict = lambda *_: None",
    "seccomp": "seccomp.install = lambda **_: None",
    "a user of its own": "ground.FIRST_UID = 0; template.Slots.take = lambda self: 0",
    "the network namespace": "kernel.NEWNET = 0",
}
"""Layers, and how a template is made to go without each. The second tier goes without all namespaces."""

COUNTED = "takes of the node's own limits, and is counted there: see test_accounting.py"
OWN = "reaches nothing of anybody else: the namespace, or the lack of any right, holds the rest"
ONE_USER = (
    "without root and without namespaces every node is the server's own user: Landlock alone is between "
    "them, and the self-test refuses this tier where a kernel has none"
)
EVERYBODY = "any user of the machine may do this; without namespaces Landlock alone keeps a node from it"
NO_LINKS = "a draft that is no regular file with one name is refused when it is handed in"

FILTER = {
    "opens a socket": "in tier 1 its network is empty; in tier 2 Landlock refuses TCP too, but not UDP",
    "talks to the kernel (netlink)": OWN,
    "has a key ring": OWN,
    "has io_uring": "what it does with files, Landlock looks at all the same",
    "has userfaultfd": "only for its own memory, and only faults that are its own",
    "has a draft without a name": COUNTED,
    "has memory in no file": "a mapped one counts as shared memory nowhere: the filter alone holds it",
    "has rules in the kernel": "the kernel's memory for them is counted nowhere: the filter alone holds it",
    "has queues in the kernel": "their number is bounded for the machine: the filter keeps it for others",
    "sets disk aside": COUNTED,
    "shares memory with the next": "in tier 1 it ends with the namespace; in tier 2 the filter holds it",
}
DRAFTS = {"removes a draft": COUNTED, "leaves a link among the drafts": NO_LINKS}
ROOT_WITHOUT_RIGHTS = "a user number without one capability, in a root that is read-only to it"
USER = {"is root": ROOT_WITHOUT_RIGHTS, "becomes root": ROOT_WITHOUT_RIGHTS}
SAME_USER = "a node of the server's own user: only the filter keeps it from changing the server's priority"
OPEN = {"reads what every user may read": EVERYBODY, "writes where every user may": EVERYBODY}

Cases = dict[tuple[str, str, str], dict[str, str]]
ALONE: Cases = {
    ("root", "1", "Landlock"): DRAFTS,
    ("root", "1", "seccomp"): FILTER,
    ("root", "1", "a user of its own"): USER,
    ("nobody", "1", "Landlock"): DRAFTS,
    ("nobody", "1", "seccomp"): FILTER,
    ("root", "2", "Landlock"): DRAFTS | OPEN,
    ("root", "2", "seccomp"): FILTER | {"signals everybody": "to its own user's processes only"},
    ("root", "2", "a user of its own"): USER,
    ("nobody", "2", "Landlock"): DRAFTS
    | OPEN
    | {
        "lists the server's home": ONE_USER,
        "reads the server's token": ONE_USER,
        "reads the worker's environment": ONE_USER,
        "reads the worker's memory": ONE_USER,
        "signals the worker": ONE_USER,
        "writes to the server's home": ONE_USER,
    },
    ("nobody", "2", "seccomp"): FILTER
    | {
        "signals everybody": "to its own processes only: Landlock holds signals to all others",
        "limits the worker": SAME_USER,
        "slows the worker": SAME_USER,
    },
}
"""What got through with one layer off: user of the server, tier, layer; and why one layer alone holds it."""


def alone(user: str, tier: str, layer: str) -> set[str]:
    # Without a namespace of processes their numbers are seen, but nothing that they hold.
    return set(ALONE.get((user, tier, layer), {})) | ({"sees the worker"} if tier == "2" else set())


def run(home: Path, user: str, layers: list[tuple[str, str]]) -> list[list[str]]:
    """What got through in each of these cases, for a server of this user whose Python everybody reaches."""
    home.mkdir()
    home.parent.chmod(0o755)
    if user == "nobody":
        os.chown(home, 65534, 65534)
    home.chmod(0o700)
    cases = [(tier, OFF[layer]) for tier, layer in layers]
    program = (
        f"import sys; sys.path.insert(0, {str(PROJECT)!r})\n"
        f"from tests.workers.sandbox.assault import main; main({str(home)!r}, {cases!r})"
    )
    become = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    command = shlex.join([*(become if user == "nobody" else []), sys.executable, "-I", "-c", program])
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-ec", f"{reachable(sys.base_prefix)}\nexec {command}"],
        capture_output=True,
        text=True,
        timeout=250,
        cwd="/",
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


ROOT = [(tier, layer) for tier in "12" for layer in OFF if (tier, layer) != ("2", "the network namespace")]
NOBODY = [(tier, layer) for tier, layer in ROOT if layer in ("nothing", "Landlock", "seccomp")]


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root to become somebody else, and to be root")
@pytest.mark.parametrize("user", ["root", "nobody"])
def test_with_one_layer_off_the_others_hold(user):
    layers = ROOT if user == "root" else NOBODY
    with tempfile.TemporaryDirectory() as folder:  # where nobody else's tests change who may enter
        found = dict(zip(layers, map(set, run(Path(folder, "home"), user, layers)), strict=True))
    assert found == {(tier, layer): alone(user, tier, layer) for tier, layer in layers}


def test_the_list_of_what_one_layer_holds_names_attacks_that_there_are():
    listed = {name for holes in ALONE.values() for name in holes}
    assert listed <= set(ATTACKS)
    assert all(len(reason) > 20 for holes in ALONE.values() for reason in holes.values())
    assert "sees the worker" in ATTACKS


MB = 1 << 20
BOMBS: dict[str, tuple[str, dict[str, int]]] = {
    "memory_bytes": (
        "kept = []\nwhile True: kept.append(bytearray(1 << 20))",
        {"memory_bytes": 300 * MB},
    ),
    "cpu_seconds": ("while True: pass", {"cpu_seconds": 1}),
    "processes": (
        "for _ in range(40):\n    if not os.fork(): time.sleep(9)\ntime.sleep(9)",
        {"processes": 20},
    ),
    "output_bytes": (
        "file = open('/sandbox/out/x', 'wb')\nfor _ in range(60): file.write(bytes(1 << 20))\ntime.sleep(9)",
        {"output_bytes": 20 * MB, "work_bytes": 20 * MB},
    ),
    "open_files": ("kept = [open('/dev/null') for _ in range(900)]\ntime.sleep(1)", {"open_files": 500}),
}
KERNEL_ALONE = {"open_files": "their number matters to nobody else: the kernel bounds it, and nobody looks"}


@pytest.mark.parametrize("off", ["the kernel's limits", "the watch"])
def test_each_limit_is_held_twice(tmp_path, monkeypatch, off):
    tmp_path.chmod(0o700)
    bench = Bench(tmp_path, "1")
    bench.sandbox._report = Report("1", [])
    if off == "the watch":
        monkeypatch.setattr(Watch, "_look", lambda self: None)
    patch = "confine._limit = lambda *_: None" if off == "the kernel's limits" else ""
    (tmp_path / "weakened.py").write_text(WEAKENED.format(project=str(PROJECT), patch=patch))
    monkeypatch.setattr(link, "TEMPLATE", tmp_path / "weakened.py")
    through = set()
    try:
        for limit, (bomb, limits) in BOMBS.items():
            ran = bench.script(f"import os, time\n{bomb}", wall_seconds=60, **limits)
            held = ran.outcome.failure is not None and setting(limit) in ran.message
            through |= set() if held else {limit}
    finally:
        bench.sandbox.close()
    assert through == (set() if off == "the watch" else set(KERNEL_ALONE))
