"""A running template, from the parent's side."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Sequence
from itertools import count
from pathlib import Path

from workers.sandbox import ground
from workers.sandbox.cgroups import Cgroups
from workers.sandbox.ground import Tier
from workers.sandbox.numeric import TEMPLATE_ENVIRONMENT
from workers.sandbox.wire import hear, send_request

TEMPLATE = Path(__file__).with_name("template.py")
START_SECONDS = 120
serials = count()
"""For the names of cgroups, one for each template."""
STOP_SECONDS = 5


class TemplateError(Exception):
    """The template could not be started, or is gone."""


def _environment(folder: Path) -> dict[str, str]:
    """Of the template and its children: nothing of this process's own."""
    rscript = shutil.which("Rscript")
    beside = f"{Path(rscript).parent}:" if rscript else ""
    return {
        "PATH": f"{beside}/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "MPLBACKEND": "Agg",
        "HOME": "/",
        "MPLCONFIGDIR": str(folder / "matplotlib"),
        **TEMPLATE_ENVIRONMENT,
    }


class Link:
    """Starts a template and waits until it is ready. `bare`: nothing imported, for the self-test. `without`:
    it imports none of these packages, and nothing that needs them. `cgroups`: where its children's own are
    made, if they are. `loaded`: the packages that it has imported, by their names at the top. `trunk`: the
    one that it was forked from, and ends with."""

    trunk: Link | None = None

    def __init__(
        self,
        home: Path,
        tier: Tier,
        *,
        bare: bool = False,
        without: Collection[str] = (),
        warm: Sequence[str] = (),
        cgroups: Cgroups | None = None,
    ) -> None:
        self.tier = tier
        self.cgroups = cgroups and cgroups.owned_by(os.getpid(), next(serials))
        self.users = 0  # jobs that are under way in it
        self.view = ground.view()
        folder = home / "sandbox"
        (folder / "root").mkdir(parents=True, exist_ok=True)
        (folder / "matplotlib").mkdir(exist_ok=True)
        self.lock = threading.Lock()
        self.control, theirs = socket.socketpair()
        log = folder / ("self-test.log" if bare else "template-without.log" if without else "template.log")
        with theirs, log.open("wb") as errors:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    str(TEMPLATE),
                    str(theirs.fileno()),
                    tier,
                    str(folder / "root"),
                    self.cgroups.as_text() if self.cgroups else "",
                    *_warmth(bare, without, warm),
                ],
                env=_environment(folder),
                pass_fds=[theirs.fileno()],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                start_new_session=True,
            )
        self.control.settimeout(START_SECONDS)
        try:
            ready = hear(self.control)
        except OSError:
            ready = None
        if ready is None:
            self.close()
            last = log.read_text(errors="replace").strip().rpartition("\n")[2]
            raise TemplateError(last or "it ended without a word")
        self.control.settimeout(None)
        self.loaded = frozenset(map(str, ready[0].get("loaded", ())))

    def alive(self) -> bool:
        return self.process.poll() is None

    def up_to_date(self) -> bool:
        """Whether children see all that was installed on this machine until now."""
        return self.view == ground.view()

    def send(self, fds: list[int]) -> None:
        """Asks for a child. `fds`: its standard output and error, its status, its letter, its board, and its
        channels. TemplateError where nobody is there to ask."""
        try:
            with self.lock:
                send_request(self.control, 0, fds)
        except OSError as error:
            raise TemplateError(str(error)) from None

    def close(self) -> None:
        """Ends the template and all its children."""
        self.control.close()
        try:
            self.process.wait(STOP_SECONDS if self.tier == "1" else 1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.cgroups:
            self.cgroups.remove_own()


def _warmth(bare: bool, without: Collection[str], warm: Sequence[str]) -> list[str]:
    if without:
        return ["some", json.dumps(sorted(without)), json.dumps(list(warm))]
    return ["none" if bare else "all"]


def working_folder(tier: Tier) -> str:
    """A folder for a child that has no tmpfs of its own; empty where it has one."""
    if tier == "1":
        return ""
    import tempfile

    folder = tempfile.mkdtemp(prefix="studio-")
    for name in ("work", "tmp"):
        os.mkdir(os.path.join(folder, name), 0o700)
    return folder
