"""The other end of `branch.Branch`: what a fork of the template does to be a template with R."""

from __future__ import annotations

import os
import socket
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from modules.r_language import _warm_r as warm_r
from workers.sandbox import ground, kernel
from workers.sandbox.cgroups import Cgroups, Pool
from workers.sandbox.child import close_all_but
from workers.sandbox.wire import open_letter, tell

if TYPE_CHECKING:
    from workers.sandbox.template import Template

SPARES = 1
IDLE_SECONDS = 600.0
"""After so long without a job it ends."""


def be_a_branch(control: int, letter: int, base: ground.Ground, kind: type[Template]) -> NoReturn:
    """The whole life of a template with R, which was just forked. `kind`: Template, as the program that was
    started has it."""
    try:
        kernel.die_with_parent()
        if base.tier != "1":
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        header, _ = open_letter(letter)
        close_all_but(*(fd for fd in (control, base.pid_namespace) if fd >= 0))
        _serve(socket.socket(fileno=control), header["cgroups"], base, kind)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _serve(said: socket.socket, cgroups: str, base: ground.Ground, kind: type[Template]) -> None:
    try:
        warm_r.begin()
    except warm_r.NoWarmR as error:
        tell(said, {"refused": str(error)})
        return
    mine = os.pidfd_open(os.getpid())
    tell(said, {"ready": True}, mine)
    os.close(mine)
    pool = Pool(Cgroups.from_text(cgroups) if cgroups else None)
    template = kind(said, base, SPARES, pool, IDLE_SECONDS)
    with suppress(KeyboardInterrupt, ConnectionError):
        template.serve()
    template.end_all()
