"""A template with R: forked from base's, so that what that has imported is there once. It is begun for the
first node that is written in R, and ends after a while without one."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import threading
from contextlib import suppress

from modules.r_language._warm_r import MODULES
from workers.sandbox.cgroups import Cgroups
from workers.sandbox.job import Job
from workers.sandbox.link import STOP_SECONDS, Link, TemplateError, serials
from workers.sandbox.wire import BRANCH, hear, seal_letter, send_request

START_SECONDS = 30

Files = tuple[str, int, int] | None


def wants_r(job: Job) -> bool:
    """Whether one of its steps is written in R."""
    if job.environment is not None:
        return False
    if job.verb == "node":
        return job.args.get("module") in MODULES
    steps = job.args.get("steps") or job.args.get("plan", {}).get("steps", ())
    return job.verb in ("sample", "serve") and any(step.get("module") in MODULES for step in steps)


def r_files() -> Files:
    """Which R is installed just now: a template began with the one that was there then."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    status = os.stat(program)
    return os.path.realpath(program), status.st_ino, status.st_mtime_ns


class Branch(Link):
    """Asks `trunk` for it and waits until R has begun. TemplateError if R cannot be had so."""

    def __init__(self, trunk: Link, files: Files, cgroups: Cgroups | None) -> None:
        self.trunk: Link = trunk
        self.files = files
        self.tier, self.view, self.users, self.loaded = trunk.tier, trunk.view, 0, trunk.loaded
        self.cgroups = cgroups and cgroups.owned_by(os.getpid(), next(serials))
        self.lock = threading.Lock()
        self.pidfd = -1
        self.control, theirs = socket.socketpair()
        letter = seal_letter({"cgroups": self.cgroups.as_text() if self.cgroups else ""}, b"")
        try:
            with trunk.lock, theirs:
                send_request(trunk.control, BRANCH, [theirs.fileno(), letter])
            self.control.settimeout(START_SECONDS)
            ready = hear(self.control)
            self.control.settimeout(None)
        except OSError:
            ready = None
        finally:
            os.close(letter)
        if ready is None or not ready[1]:
            self.close()
            raise TemplateError(str(ready[0].get("refused")) if ready else "it ended without a word")
        self.pidfd = ready[1][0]

    def alive(self) -> bool:
        return self.pidfd >= 0 and self.trunk.alive() and not select.select([self.pidfd], [], [], 0)[0]

    def close(self) -> None:
        self.control.close()
        if self.pidfd >= 0:
            if not select.select([self.pidfd], [], [], STOP_SECONDS)[0]:
                with suppress(OSError):
                    signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            os.close(self.pidfd)
            self.pidfd = -1
        if self.cgroups:
            self.cgroups.remove_own()
